import type { QueryClient } from '@tanstack/react-query';
import type { ServerMessage } from '#contract';
import { type Noun, renew } from './keys.ts';
import type { LiveSocket } from './socket.ts';

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

/** Keeps what is shown right: what the server says has changed is asked for again, and everything where that is lost. */
export function keepFresh(socket: LiveSocket, client: QueryClient): void {
  socket.onGap = () => void client.invalidateQueries();
  socket.subscribe('all', (message) => {
    if (message.kind === 'changed') void renew(client, ...nounsOfChange[message.what]);
  });
}
