import { type ServerMessage, serverMessage } from '#contract';

const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** After so long a silence the server is asked whether it is still there, and given up when it does not answer. */
const silenceMs = 30_000;
const answerMs = 10_000;

type Listener = (message: ServerMessage) => void;

interface Options {
  open?: (url: string) => WebSocket;
  /** How long to wait before the connection is made again, by how often that has failed. */
  waitMs?: (attempt: number) => number;
}

/**
 * One websocket to the server that keeps coming back, and the topics that this browser listens to. It remembers the
 * number of the last message of each topic and asks for what came after it.
 */
export class LiveSocket {
  readonly #url: string;
  readonly #open: (url: string) => WebSocket;
  readonly #waitMs: (attempt: number) => number;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #numbers = new Map<string, number>();
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #isWanted = false;
  /** Called when the server cannot tell what was missed. */
  onGap: () => void = () => {};

  constructor(url: string, { open = (to) => new WebSocket(to), waitMs = waitOf }: Options = {}) {
    this.#url = url;
    this.#open = open;
    this.#waitMs = waitMs;
  }

  /** Keeps a connection from now on. `newest` is the number of the last change that everything shown has seen. */
  open(newest?: number): void {
    this.#isWanted = true;
    if (newest !== undefined && newest > 0 && !this.#numbers.has('all')) this.#numbers.set('all', newest);
    if (!this.#socket) this.#connect();
  }

  close(): void {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    if (this.#socket) hangUp(this.#socket);
    this.#socket = null;
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
      this.#numbers.delete(topic);
      this.#say('unsubscribe', topic);
    };
  }

  #connect(): void {
    const socket = this.#open(this.#url);
    this.#socket = socket;
    const isCurrent = (): boolean => socket === this.#socket;
    socket.addEventListener('open', () => {
      if (!isCurrent()) return;
      this.#attempt = 0;
      for (const topic of this.#listeners.keys()) this.#say('subscribe', topic);
      this.#expect(silenceMs);
    });
    socket.addEventListener('message', (event) => isCurrent() && this.#hear(event.data));
    socket.addEventListener('close', () => isCurrent() && this.#comeBack());
  }

  #comeBack(): void {
    this.#socket = null;
    clearTimeout(this.#silence);
    if (!this.#isWanted) return;
    const wait = this.#waitMs(this.#attempt);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** A connection may be dead without either side having been told. */
  #expect(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      const socket = this.#socket;
      if (!socket) return;
      if (ms === answerMs) {
        this.#comeBack();
        hangUp(socket);
        return;
      }
      this.#say('subscribe', 'all');
      this.#expect(answerMs);
    }, ms);
  }

  #say(kind: 'subscribe' | 'unsubscribe', topic: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const after = kind === 'subscribe' ? this.#numbers.get(topic) : undefined;
    this.#socket.send(JSON.stringify({ kind, topic, ...(after !== undefined && { after }) }));
  }

  #hear(text: unknown): void {
    this.#expect(silenceMs);
    const message = parse(text);
    if (!message || !this.#listeners.has(message.topic)) return;
    this.#numbers.set(message.topic, message.n);
    if (message.kind === 'joined') {
      if (!message.isComplete) this.onGap();
      return;
    }
    for (const listener of this.#listeners.get(message.topic) ?? []) listener(message);
  }
}

/** Doubles, with up to a third taken off, so that many browsers do not come back at the same instant. */
const waitOf = (attempt: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** attempt) * (1 - Math.random() / 3);

/** Lets a connection that is being made come about first: browsers log an error when one is broken off before. */
function hangUp(socket: WebSocket): void {
  if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket.close());
  else socket.close();
}

function parse(text: unknown): ServerMessage | null {
  if (typeof text !== 'string') return null;
  try {
    return serverMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
