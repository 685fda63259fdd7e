import type { AgentWork } from '#contract';
import { AppError } from '#domain/errors';
import { type NewId, newId } from '#domain/ids';
import type { CredentialStore } from '#engine/credential-ports';
import type { Clock } from '#engine/ports';
import { runUserLoad, toSentence } from '#engine/user-load';
import type { Vendors } from '#engine/vendor-ports';
import { createRemoteWriter } from './remote-writer.ts';
import { type Leaks, withoutSecrets } from './without-secrets.ts';

/** Its `post` does not give up while the server cannot be asked. */
export interface LoadingDeps extends Leaks {
  credentials: Pick<CredentialStore, 'findByName'>;
  vendors: Vendors;
  clock: Clock;
  newId?: NewId;
}

/** Does one load by the same code as the server does, with a credential that only this machine has. */
export async function doLoad(given: LoadingDeps, work: AgentWork, signal: AbortSignal): Promise<void> {
  const deps = withoutSecrets(given);
  const { post, say } = deps;
  const { integration, fence, load } = work;
  say(`Loading "${integration.name}".`);
  const end = (error: string | null) => post(`/loads/${load.id}/end`, { fence, error }, signal);
  try {
    const { load: now } = await read(deps, work, signal);
    await end(null);
    say(`Loaded "${integration.name}": ${now.tally.read} records.`);
  } catch (error) {
    if (signal.aborted || (error instanceof AppError && error.code === 'cancelled')) {
      say(`Stopped loading "${integration.name}": ${toSentence(error)}`);
      return;
    }
    say(`Could not load "${integration.name}": ${toSentence(error)}`);
    if (!(error instanceof AppError)) say(String((error as Error).stack ?? error));
    await end(toSentence(error)).catch((late: unknown) => say(toSentence(late)));
  }
}

async function read(deps: LoadingDeps, work: AgentWork, signal: AbortSignal) {
  const { vendorId, agentCredential } = work.integration;
  const vendor = deps.vendors.find(vendorId);
  if (!vendor) throw new AppError('invalid', `The agent knows no vendor "${vendorId}". Update it.`);
  const stored = await deps.credentials.findByName(agentCredential);
  if (!stored) {
    throw new AppError(
      'invalid',
      `The agent has no credential "${agentCredential}" any more. Choose another one.`,
    );
  }
  const writer = createRemoteWriter(deps.post, work, signal);
  const events = { loadChanged: () => undefined };
  const { credential } = stored;
  return await runUserLoad(
    { newId, ...deps, writer, events, random: Math.random },
    { ...work, vendor, credential, signal },
  );
}
