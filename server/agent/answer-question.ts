import type { AgentQuestion } from '#contract';
import { AppError } from '#domain/errors';
import { askVendor } from '#engine/ask-vendor';
import type { CredentialStore } from '#engine/credential-ports';
import type { Clock } from '#engine/ports';
import type { AgentAnswer } from '#engine/question-ports';
import type { CredentialService } from '#engine/service-ports';
import { toSentence } from '#engine/user-load';
import type { Vendors } from '#engine/vendor-ports';
import { type Leaks, withoutSecrets } from './without-secrets.ts';

export interface AnsweringDeps extends Leaks {
  credentials: Pick<CredentialStore, 'findByName'>;
  tests: Pick<CredentialService, 'test'>;
  vendors: Vendors;
  clock: Clock;
}

/** The server waits a little longer. */
const patienceMs = 60_000;

/** Answers what the server asks about a vendor, or says why it cannot. An answer that cannot be sent is let go. */
export async function answerQuestion(
  given: AnsweringDeps,
  question: AgentQuestion,
  signal: AbortSignal,
): Promise<void> {
  const deps = withoutSecrets(given);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const answer = await find(deps, question, patience).catch((error: unknown) => {
      if (!(error instanceof AppError)) deps.say(String((error as Error).stack ?? error));
      return { kind: 'error', message: whyNot(error, patience) } as const;
    });
    await deps.post(`/questions/${question.id}/answer`, answer, signal);
  } catch (error) {
    deps.say(`Could not answer the server: ${toSentence(error)}`);
  }
}

async function find(deps: AnsweringDeps, question: AgentQuestion, signal: AbortSignal): Promise<AgentAnswer> {
  const stored = await deps.credentials.findByName(question.credential);
  if (!stored) {
    const why = `The agent has no credential "${question.credential}" any more. Choose another one.`;
    throw new AppError('invalid', why);
  }
  const { credential } = stored;
  if (question.kind === 'test') return { kind: 'test', ...(await deps.tests.test(credential.id)) };
  const vendor = deps.vendors.find(question.vendorId);
  if (!vendor || credential.vendorId !== vendor.id) {
    throw new AppError('invalid', `The credential "${credential.name}" of the agent is not for this vendor.`);
  }
  const { inputs } = question;
  return await askVendor({ ...deps, random: Math.random, vendor, credential, inputs, signal }, question);
}

function whyNot(error: unknown, signal: AbortSignal): string {
  if (!signal.aborted) {
    return error instanceof AppError
      ? error.message
      : 'Something went wrong in the agent. Look into what it prints.';
  }
  return `The vendor did not answer the agent within ${patienceMs / 1000} s. Try again later.`;
}
