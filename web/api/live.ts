import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import type { ServerMessage } from '#contract';
import { type Noun, renew } from './keys.ts';
import { LiveSocket } from './socket.ts';

export const LiveContext = createContext<LiveSocket | null>(null);

const nounsOfChange: Record<Extract<ServerMessage, { kind: 'changed' }>['what'], Noun[]> = {
  runs: ['runs', 'overview', 'workflows', 'people', 'apps'],
  loads: ['loads', 'integrations', 'overview', 'people', 'apps'],
  notifications: ['notifications'],
  credentials: ['credentials', 'overview'],
  workflows: ['workflows', 'overview'],
  approvals: ['approvals', 'workflows', 'safety'],
  safety: ['safety'],
  operators: ['operators'],
};

/** The socket of this page's server; what it says has changed is asked for again. */
export function makeLiveSocket(client: QueryClient): LiveSocket {
  const { protocol, host } = window.location;
  const socket = new LiveSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/v1/live`);
  socket.onReconnect = () => void client.invalidateQueries();
  socket.subscribe('all', (message) => {
    if (message.kind === 'changed') void renew(client, ...nounsOfChange[message.what]);
  });
  return socket;
}

/** Calls `onMessage` with every message of a topic such as `run:<id>`; null listens to nothing. */
export function useLive(topic: string | null, onMessage: (message: ServerMessage) => void): void {
  const socket = useContext(LiveContext);
  const listen = useEffectEvent(onMessage);
  useEffect(() => {
    if (!socket || !topic) return;
    return socket.subscribe(topic, (message) => listen(message));
  }, [socket, topic]);
}
