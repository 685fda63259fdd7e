import { type Agent, agentStateOf } from '../domain/agent.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from './ports.ts';
import type { AgentAnswer, AgentQuestion, AgentQuestions, AnswerTo } from './question-ports.ts';

export interface AgentQuestionDeps {
  clock: Pick<Clock, 'now' | 'atMost'>;
  /** Random bytes as base64url. */
  randomText(bytes: number): string;
  /** Of this server. */
  version: string;
}

interface Waiting {
  agentId: string;
  question: AgentQuestion;
  isTaken: boolean;
  take(): void;
  finish(answer: AgentAnswer): void;
  fail(error: AppError): void;
}

/** An agent makes contact every two seconds. */
const takeMs = 30_000;
/** Longer than an agent tries. */
const answerMs = 75_000;
const idBytes = 16;

const howToStart = 'Start it on its machine with: rollcall agent start';

/** Keeps questions in memory until their agent has answered them. */
export function createAgentQuestions({ clock, randomText, version }: AgentQuestionDeps): AgentQuestions {
  const waiting = new Map<string, Waiting>();

  return {
    async ask<Asked extends AgentQuestion>(agent: Agent, question: Asked) {
      refuseAbsent(agent, version, clock.now());
      const id = randomText(idBytes);
      const { promise: taken, resolve: take } = Promise.withResolvers<void>();
      const { promise: answered, resolve: finish, reject: fail } = Promise.withResolvers<AgentAnswer>();
      const entry: Waiting = { agentId: agent.id, question, isTaken: false, take, finish, fail };
      waiting.set(id, entry);
      try {
        await clock.atMost(takeMs, Promise.race([taken, answered]));
        if (entry.isTaken) await clock.atMost(answerMs, answered);
        // Changes nothing where the answer has come.
        fail(late(agent, entry));
        return (await answered) as AnswerTo<Asked['kind']>;
      } finally {
        waiting.delete(id);
      }
    },

    next(agent) {
      const own = [...waiting].filter(([, { agentId, isTaken }]) => agentId === agent.id && !isTaken);
      for (const [, entry] of own) {
        entry.isTaken = true;
        entry.take();
      }
      return own.map(([id, { question }]) => ({ ...question, id }));
    },

    answer(agent, id, answer) {
      const entry = waiting.get(id);
      if (entry?.agentId !== agent.id) {
        throw new AppError('not_found', 'Nobody waits for this answer any more.');
      }
      if (answer.kind === 'error') return entry.fail(new AppError('vendor_rejected', answer.message));
      if (answer.kind !== entry.question.kind) {
        throw new AppError('invalid', `The question was for "${entry.question.kind}", not "${answer.kind}".`);
      }
      entry.finish(answer);
    },

    stop() {
      const why = 'The server stops. Ask again when it is back.';
      for (const { fail } of waiting.values()) fail(new AppError('vendor_unavailable', why));
    },
  };
}

/** Nobody waits for an agent that is known to be unable to answer. */
function refuseAbsent(agent: Agent, version: string, nowMs: number): void {
  const refuse = (why: string) => new AppError('vendor_unavailable', `The agent “${agent.name}” ${why}`);
  const state = agentStateOf(agent, nowMs);
  if (state === 'unregistered')
    throw refuse('is not registered yet. Register it with the token of the page Agents.');
  if (state === 'away') throw refuse(`is away, and only it can ask the vendor. ${howToStart}`);
  if (agent.version === version) return;
  throw refuse(`is version ${agent.version} and this server is ${version}. Install the same on its machine.`);
}

function late({ name }: Agent, { isTaken }: Waiting): AppError {
  const why = isTaken
    ? `took the question ${answerMs / 1000} s ago and has not answered. It may have been restarted, or the vendor is slow. Try again, and look into what the agent prints.`
    : `has not answered for ${takeMs / 1000} s. Is it running? ${howToStart}`;
  return new AppError('vendor_unavailable', `The agent “${name}” ${why}`);
}
