import websocket from '@fastify/websocket';
import type { WebSocket } from 'ws';
import { clientMessage, type ServerMessage } from '#contract';
import type { Events } from '#engine/ports';
import type { App } from '../routes.ts';
import { isOwnOrigin, type Sessions } from './auth.ts';

const everyMs = 200;
const checkMs = 60_000;
const maxTopics = 50;
/** A browser that reads this slowly gets the next snapshot instead of every one. */
const maxBuffered = 1 << 20;

/** What a topic shows now; undefined when there is no such thing. */
export type Snapshot = (topic: string) => Promise<ServerMessage | undefined>;

export interface Live {
  events: Events;
  loadChanged(loadId: string): void;
  add(app: App, options: { sessions: Sessions; publicUrl: string; snapshot: Snapshot }): Promise<void>;
  close(): void;
}

/**
 * Tells browsers what changes. Messages are whole snapshots, at most five a second per topic and always the last one,
 * so that a lost or skipped message costs nothing. A snapshot that nobody watches is never made.
 */
export function createLive(): Live {
  const watchers = new Map<string, Set<WebSocket>>();
  const pending = new Map<string, NodeJS.Timeout>();
  const sent = new Map<string, number>();
  let snapshot: Snapshot = async () => undefined;

  const write = (socket: WebSocket, message: ServerMessage): void => {
    if (socket.readyState === socket.OPEN && socket.bufferedAmount < maxBuffered)
      socket.send(JSON.stringify(message));
  };

  async function show(topic: string, to: Iterable<WebSocket>): Promise<void> {
    const message = await snapshot(topic).catch(() => undefined);
    if (message) for (const socket of to) write(socket, message);
  }

  function touch(topic: string): void {
    if (!watchers.has(topic) || pending.has(topic)) return;
    const wait = Math.max(0, (sent.get(topic) ?? 0) + everyMs - Date.now());
    pending.set(
      topic,
      setTimeout(() => {
        pending.delete(topic);
        sent.set(topic, Date.now());
        void show(topic, watchers.get(topic) ?? []);
      }, wait),
    );
  }

  function unwatch(topic: string, socket: WebSocket): void {
    const set = watchers.get(topic);
    set?.delete(socket);
    if (set?.size !== 0) return;
    watchers.delete(topic);
    sent.delete(topic);
  }

  function serve(socket: WebSocket): void {
    const topics = new Set<string>();
    socket.on('message', (data, isBinary) => {
      const parsed = isBinary ? undefined : clientMessage.safeParse(parse(String(data)));
      if (!parsed?.success) {
        socket.close(1007, 'Not a message of this server');
        return;
      }
      const { kind, topic } = parsed.data;
      if (kind === 'unsubscribe') {
        topics.delete(topic);
        unwatch(topic, socket);
      } else if (topics.size < maxTopics) {
        topics.add(topic);
        watchers.set(topic, (watchers.get(topic) ?? new Set()).add(socket));
        void show(topic, [socket]);
      }
    });
    socket.on('close', () => {
      for (const topic of topics) unwatch(topic, socket);
    });
  }

  return {
    events: {
      runChanged: (runId) => touch(`run:${runId}`),
      listChanged(what) {
        for (const socket of watchers.get('all') ?? []) write(socket, { kind: 'changed', what });
      },
    },
    loadChanged: (loadId) => touch(`load:${loadId}`),

    async add(app, options) {
      snapshot = options.snapshot;
      await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
      app.get(
        '/api/v1/live',
        { websocket: true, config: { right: 'signed-in' }, schema: { hide: true } },
        (socket, request) => {
          if (!isOwnOrigin(request, options.publicUrl)) {
            socket.close(1008, 'Another origin');
            return;
          }
          const check = setInterval(async () => {
            if (!(await options.sessions.principalOf(request))) socket.close(1008, 'The session has ended');
          }, checkMs);
          check.unref();
          socket.on('close', () => clearInterval(check));
          serve(socket);
        },
      );
    },

    close() {
      for (const timer of pending.values()) clearTimeout(timer);
      for (const set of watchers.values()) for (const socket of set) socket.terminate();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
