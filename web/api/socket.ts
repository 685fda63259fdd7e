import { type ServerMessage, serverMessage } from '#contract';

const firstWaitMs = 500;
const longestWaitMs = 15_000;

type Listener = (message: ServerMessage) => void;

/** One websocket to the server that keeps coming back, and the topics that this browser listens to. */
export class LiveSocket {
  readonly #url: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #socket: WebSocket | null = null;
  #timer: number | undefined;
  #attempt = 0;
  #isWanted = false;
  #wasOpen = false;
  /** Called after the connection came back: what happened in between was missed. */
  onReconnect: () => void = () => {};

  constructor(url: string) {
    this.#url = url;
  }

  open(): void {
    this.#isWanted = true;
    if (!this.#socket) this.#connect();
  }

  close(): void {
    this.#isWanted = false;
    window.clearTimeout(this.#timer);
    if (this.#socket) hangUp(this.#socket);
    this.#socket = null;
    this.#wasOpen = false;
  }

  /** Hears a topic until the answered function is called. */
  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(topic, listeners);
    if (listeners.size === 1) this.#say('subscribe', topic);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(topic);
      this.#say('unsubscribe', topic);
    };
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      this.#attempt = 0;
      for (const topic of this.#listeners.keys()) this.#say('subscribe', topic);
      if (this.#wasOpen) this.onReconnect();
      this.#wasOpen = true;
    });
    socket.addEventListener('message', (event) => this.#hear(event.data));
    socket.addEventListener('close', () => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      if (this.#isWanted) this.#timer = window.setTimeout(() => this.#connect(), this.#nextWaitMs());
    });
  }

  // Doubles, with up to a third taken off, so that many browsers do not come back at the same instant.
  #nextWaitMs(): number {
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#attempt);
    this.#attempt += 1;
    return wait * (1 - Math.random() / 3);
  }

  #say(kind: 'subscribe' | 'unsubscribe', topic: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ kind, topic }));
  }

  #hear(text: unknown): void {
    const message = parse(text);
    if (!message) return;
    for (const topic of topicsOf(message)) {
      for (const listener of this.#listeners.get(topic) ?? []) listener(message);
    }
  }
}

/** Lets a connection that is being made come about first: browsers log an error when one is broken off before. */
function hangUp(socket: WebSocket): void {
  if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket.close());
  else socket.close();
}

/** The topics whose listeners a message is for. */
function topicsOf(message: ServerMessage): string[] {
  if (message.kind === 'run') return [`run:${message.run.id}`];
  if (message.kind === 'load') return [`load:${message.load.id}`];
  return ['all'];
}

function parse(text: unknown): ServerMessage | null {
  if (typeof text !== 'string') return null;
  try {
    return serverMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
