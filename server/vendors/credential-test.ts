import { type Credential, credentialKinds } from '#domain/credential';
import { AppError } from '#domain/errors';
import { parseJson } from '#domain/json';
import type { Vendor } from '#domain/vendor';
import type { VendorClient } from '#engine/vendor-ports';

const timeoutMs = 20_000;

export interface Proof {
  isOk: boolean;
  message: string;
  /** The vendor answered that it does not know who asks. */
  isRefused: boolean;
}

/** Proves a credential with the vendor's cheap read. What the vendor answers is told, never thrown. */
export async function testCredential(
  client: VendorClient,
  credential: Credential,
  vendor: Vendor,
): Promise<Proof> {
  if (credential.kind === 'webhook-url') {
    // There is nothing to read, and a message that nobody asked for would stand in the channel.
    return { isOk: true, message: 'Its first message proves it; nothing was sent.', isRefused: false };
  }
  const call = {
    credential: { id: credential.id },
    class: 'read',
    method: 'GET',
    url: vendor.test.path,
    headers: {},
    body: null,
    timeoutMs,
  } as const;
  const { reply } = await client.send(call, AbortSignal.timeout(timeoutMs * 2));

  if (reply.kind === 'not_sent') return failure(reply.reason);
  if (reply.kind === 'no_answer') {
    return failure(`${vendor.title} did not answer: ${reply.reason}. Try again.`);
  }
  const { status } = reply;
  if (status === 200 && isJson(reply.body)) {
    return { isOk: true, message: `${vendor.title} answered: the credential works.`, isRefused: false };
  }
  if (status === 200) {
    return failure(
      `${vendor.title} answered 200, but not with JSON. Check the base URL: a login page or a proxy may answer instead.`,
    );
  }
  const message = `${vendor.title} answered ${status}. ${adviceFor(status, credential)}`;
  return { ...failure(message), isRefused: status === 401 };
}

const failure = (message: string): Proof => ({ isOk: false, message, isRefused: false });

function adviceFor(status: number, { kind }: Credential): string {
  const hasLogin = credentialKinds[kind].token === 'login';
  if (status === 401) {
    return hasLogin
      ? 'Authenticate the credential again.'
      : 'Check what is entered here: the credential is wrong, or it was withdrawn at the vendor.';
  }
  if (status === 403) {
    return hasLogin
      ? 'The login lacks a right: check the scopes, and that it belongs to an administrator.'
      : 'The credential is wrong, or it lacks a right: check what is entered here, and what it is allowed at the vendor.';
  }
  if (status === 404) return 'Check the base URL.';
  if (status === 429 || status === 423) return 'The vendor is busy: wait a minute and try again.';
  if (status >= 500) return 'The vendor has trouble of its own: try again later.';
  return 'Check the base URL and the scopes.';
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
