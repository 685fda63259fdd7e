import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import type { ServerMessage } from '#contract';
import { keepFresh } from './live-lists.ts';
import { LiveSocket } from './socket.ts';

export const LiveContext = createContext<LiveSocket | null>(null);

/** The socket of this page's server; what it says has changed is asked for again. */
export function makeLiveSocket(client: QueryClient): LiveSocket {
  const { protocol, host } = window.location;
  const socket = new LiveSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/v1/live`);
  keepFresh(socket, client);
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
