import { newId } from '#domain/ids';
import type { Load } from '#domain/load';
import { createAgentLoads } from '#engine/agent-loads';
import { createAgentQuestions } from '#engine/agent-questions';
import { createAgents } from '#engine/agents';
import { createIntegrations } from '#engine/integrations';
import { createLoads } from '#engine/loads';
import { version } from '../installation.ts';
import { createAgentStore } from '../store/agents.ts';
import { createLoadStore } from '../store/loads.ts';
import { createMissingAccountsStore } from '../store/missing-accounts.ts';
import { randomText } from './access.ts';
import type { Egress } from './egress.ts';
import type { Foundation } from './foundation.ts';
import type { Guarding } from './guarding.ts';

export type Loading = ReturnType<typeof createLoading>;

/** Integrations and their loads, here and by agents near the secrets. */
export function createLoading(
  foundation: Foundation,
  { client }: Egress,
  { guardStore, distrust }: Guarding,
) {
  const { database, common, writer, integrationStore, live } = foundation;
  const { clock, events } = common;
  const agentQuestions = createAgentQuestions({ clock, randomText, version });
  const integrations = createIntegrations({
    ...common,
    store: integrationStore,
    writer,
    client,
    questions: agentQuestions,
  });
  const loadStore = createLoadStore(database);
  const loadEvents = { ...events, loadChanged: (load: Load) => live.loadChanged(load.id) };
  const agentLoads = createAgentLoads({
    ...common,
    store: loadStore,
    writer,
    events: loadEvents,
    randomText,
  });
  const agents = createAgents({
    store: createAgentStore(database),
    random: randomText,
    clock,
    newId,
    questions: agentQuestions,
  });
  const loads = createLoads({
    ...common,
    store: loadStore,
    integrations: integrationStore,
    writer,
    accounts: createMissingAccountsStore(database),
    client,
    readByAgent: agentLoads.read,
    events: loadEvents,
    deletions: (id) => guardStore.used({ scope: `vendor:${id}`, kind: 'delete', isDaily: true }, clock.now()),
    distrust,
  });
  return { integrations, loads, loadStore, agents, agentLoads, agentQuestions };
}
