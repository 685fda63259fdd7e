import { type AgentQuestion, type AgentWork, agentOrder, agentQuestion, agentWork } from '#contract';
import type { AgentCredential } from '#domain/agent';
import { AppError } from '#domain/errors';
import type { Clock } from '#engine/ports';
import type { Post } from './server-client.ts';

export interface AgentDeps {
  post: Post;
  version: string;
  credentials(): Promise<AgentCredential[]>;
  /** Does a load to its end; tells the server itself what became of it. */
  load(work: AgentWork, signal: AbortSignal): Promise<void>;
  /** Answers the server itself, and never throws. */
  answer(question: AgentQuestion, signal: AbortSignal): Promise<void>;
  clock: Pick<Clock, 'sleep'>;
  say(line: string): void;
}

const everyMs = 2_000;

/**
 * Asks the server for work every few seconds until it is stopped, also while a load goes on. Throws `unauthorized` when
 * the server knows this agent no more.
 */
export async function runAgent(deps: AgentDeps, signal: AbortSignal): Promise<void> {
  const { post, version, clock } = deps;
  const say = onlyNews(deps.say);
  let now: { fence: string; controller: AbortController } | null = null;
  const begin = (work: AgentWork): void => {
    const begun = { fence: work.fence, controller: new AbortController() };
    now = begun;
    const either = AbortSignal.any([signal, begun.controller.signal]);
    const ended = () => {
      if (now === begun) now = null;
    };
    void deps.load(work, either).then(ended, ended);
  };

  while (!signal.aborted) {
    try {
      const said = { version, credentials: await deps.credentials(), fence: fenceOf(now) };
      const order = agentOrder.parse(await post('/contact', said, signal));
      if (order.version === version) say('The server answers. Waiting for loads.');
      else {
        say(
          `The server is version ${order.version} and this agent is ${version}: it gets no loads. Install the same.`,
        );
      }
      if (said.fence !== null && !order.goesOn) controllerOf(now, said.fence)?.abort();
      if (order.work !== null) begin(agentWork.parse(order.work));
      for (const question of order.questions) void deps.answer(agentQuestion.parse(question), signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof AppError) || error.code === 'unauthorized') throw error;
      say(`${error.message} Trying again.`);
    }
    await clock.sleep(everyMs, signal);
  }
}

type Now = { fence: string; controller: AbortController } | null;

const fenceOf = (now: Now): string | null => now?.fence ?? null;
const controllerOf = (now: Now, fence: string) => (now?.fence === fence ? now.controller : undefined);

/** The same thing is not said twice in a row. */
function onlyNews(say: (line: string) => void): (line: string) => void {
  let last = '';
  return (line) => {
    if (line !== last) say(line);
    last = line;
  };
}
