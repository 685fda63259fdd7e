import websocket from '@fastify/websocket';
import type { WebSocket } from 'ws';
import { clientMessage } from '#contract';
import type { Events } from '#engine/ports';
import { createLiveTopics, type Snapshot, type Watcher } from '../live-topics.ts';
import type { App } from '../routes.ts';
import { isOwnOrigin, type Sessions } from './auth.ts';

const checkMs = 60_000;
const maxTopics = 50;
/** A browser that reads this slowly gets the next snapshot instead of every one. */
const maxBuffered = 1 << 20;

export type { Snapshot };

export interface Live {
  events: Events;
  loadChanged(loadId: string): void;
  /** The number of the newest change of a list: whoever reads from now on may ask for what came after it. */
  newest(): number;
  add(app: App, options: { sessions: Sessions; publicUrl: string; snapshot: Snapshot }): Promise<void>;
  close(): void;
}

/** Tells browsers what changes, over one websocket each. */
export function createLive(): Live {
  const sockets = new Set<WebSocket>();
  let snapshot: Snapshot = async () => undefined;
  const topics = createLiveTopics((topic) => snapshot(topic));

  function serve(socket: WebSocket): void {
    sockets.add(socket);
    const hasRoom = (): boolean => socket.bufferedAmount < maxBuffered;
    const watcher = topics.join({
      hasRoom,
      send(message) {
        if (socket.readyState !== socket.OPEN) return;
        // Called when it is on its way: for whoever is slow, that is when there is room again.
        socket.send(JSON.stringify(message), () => hasRoom() && watcher.onRoom());
      },
    });
    let hasSpoken = true;
    socket.on('pong', () => {
      hasSpoken = true;
    });
    const beat = setInterval(() => {
      if (!hasSpoken) socket.terminate();
      hasSpoken = false;
      socket.ping();
    }, checkMs);
    beat.unref();
    socket.on('message', (data, isBinary) => {
      hasSpoken = true;
      if (!hear(watcher, isBinary ? '' : String(data))) socket.close(1007, 'Not a message of this server');
    });
    socket.on('close', () => {
      clearInterval(beat);
      sockets.delete(socket);
      watcher.leave();
    });
  }

  return {
    events: {
      runChanged: (runId) => topics.touch(`run:${runId}`),
      listChanged: topics.listChanged,
    },
    loadChanged: (loadId) => topics.touch(`load:${loadId}`),
    newest: topics.newest,

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
      topics.close();
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** False for what is no message of ours. */
function hear(watcher: Watcher, text: string): boolean {
  const parsed = clientMessage.safeParse(parse(text));
  if (!parsed.success) return false;
  const message = parsed.data;
  if (message.kind === 'unsubscribe') watcher.unwatch(message.topic);
  else if (watcher.count() < maxTopics) watcher.watch(message.topic, message.after);
  return true;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
