import { hash as digest } from 'node:crypto';
import type { Agent } from '../domain/agent.ts';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import type { AgentService, AgentStore } from './agent-ports.ts';
import type { Clock } from './ports.ts';
import type { AgentQuestions } from './question-ports.ts';

export interface AgentDeps {
  store: AgentStore;
  /** Random bytes as base64url. */
  random(bytes: number): string;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  questions: Pick<AgentQuestions, 'ask'>;
}

const tokenMs = 24 * 60 * 60 * 1000;

const sha256 = (text: string): string => digest('sha256', text);

/** Agents as operators add them and as they prove themselves: only hashes of what they hold are stored. */
export function createAgents({ store, random, clock, newId, questions }: AgentDeps): AgentService {
  const makeToken = () => {
    const token = `rcr_${random(32)}`;
    return { token, tokenHash: sha256(token), tokenExpiresAt: clock.now() + tokenMs };
  };
  const find = async (id: string): Promise<Agent> => {
    const agent = await store.find(id);
    if (agent) return agent;
    throw new AppError('not_found', 'There is no such agent. It may have been removed.');
  };

  return {
    list: () => store.list(),

    async create(name) {
      const id = newId('agent');
      const { token, ...hidden } = makeToken();
      await store.insert({ id, name, ...hidden }, clock.now());
      return { agent: await find(id), token };
    },

    async invite(id) {
      const { token, tokenHash, tokenExpiresAt } = makeToken();
      await store.invite(id, tokenHash, tokenExpiresAt);
      return { agent: await find(id), token };
    },

    async remove(id) {
      if (!(await store.remove(id))) await find(id);
    },

    async register(token, version) {
      const key = `rck_${random(32)}`;
      const agent = await store.register(sha256(token), sha256(key), version, clock.now());
      if (agent) return { name: agent.name, key };
      throw new AppError(
        'unauthorized',
        'This registration token was used, or it is older than 24 hours. Ask for a new one on the page Agents.',
      );
    },

    async byKey(key) {
      const agent = await store.findByKey(sha256(key));
      if (agent) return agent;
      throw new AppError(
        'unauthorized',
        'The server does not know this agent any more. Register it again with a new token from the page Agents.',
      );
    },

    contact: (agent, report) => store.contacted(agent.id, report, clock.now()),

    async testCredential(id, credential) {
      const { isOk, message } = await questions.ask(await find(id), { kind: 'test', credential });
      return { isOk, message };
    },
  };
}
