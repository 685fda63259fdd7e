import { z } from 'zod';
import { type Credential, hostsOf } from '../domain/credential.ts';
import { AppError } from '../domain/errors.ts';
import type { Approvals, ApprovalUse } from './approval-ports.ts';
import type { CredentialFields, CredentialStore, HostChanges } from './credential-ports.ts';
import { askingPerson } from './safety.ts';

export interface HostChangeDeps {
  approvals: Pick<Approvals, 'on' | 'request' | 'findApproved'>;
  store: Pick<CredentialStore, 'find'>;
  /** `host:port` of the vendors that this server imitates. */
  sandboxHosts: ReadonlySet<string>;
}

type Urls = Pick<Credential, 'baseUrl' | 'authorizeUrl' | 'tokenUrl'>;

const hostSubject = z.object({
  credentialId: z.string(),
  from: z.strictObject({ baseUrl: z.string(), authorizeUrl: z.string(), tokenUrl: z.string() }),
});

/** Lets a credential that works be pointed elsewhere only when two persons want it. */
export function createHostChanges({ approvals, store, sandboxHosts }: HostChangeDeps): HostChanges {
  approvals.on('credential_hosts', {
    async moved({ subject }) {
      const { credentialId, from } = hostSubject.parse(subject);
      const stored = await store.find(credentialId);
      if (!stored) return 'The credential is gone.';
      return isSame(stored.credential, from) ? null : 'The credential was changed meanwhile.';
    },
    // Whoever asked saves it again, with the secret where it goes to another place.
    ended: async () => {},
  });

  return {
    async judge({ credential, fields, usedBy }, by): Promise<ApprovalUse | null> {
      if (isSame(credential, fields) || hasSameHosts(credential, fields)) return null;
      const isFree =
        credential.status === 'not_authenticated' && usedBy.every(({ kind }) => kind !== 'workflow');
      const all = [...hostsOf(credential), ...hostsOf({ ...fields, apiUrl: '' }), ...loginHost(fields)];
      if (isFree || all.every((host) => sandboxHosts.has(host))) return null;

      const subject = {
        ...{ credentialId: credential.id, name: credential.name },
        ...{ from: urlsOf(credential), to: urlsOf(fields) },
      };
      const person = askingPerson(by);
      const agreed = await approvals.findApproved('credential_hosts', subject, person);
      if (agreed) return agreed;
      const { id } = await approvals.request({
        kind: 'credential_hosts',
        title: `Let “${credential.name}” go to ${hostsOf({ ...fields, apiUrl: '' }).join(' and ')}`,
        subject,
        by: person,
        confirmation: `I alone send the secrets of ${credential.name} elsewhere`,
      });
      throw new AppError(
        'conflict',
        `Another operator has to agree that “${credential.name}” goes to other hosts. They were asked (/approvals/${id}). Nothing was saved; save again when they have agreed, or add a new credential.`,
        { place: 'approval' },
      );
    },
  };
}

const urlsOf = ({ baseUrl, authorizeUrl, tokenUrl }: Urls): Urls => ({ baseUrl, authorizeUrl, tokenUrl });

const isSame = (a: Urls, b: Urls): boolean =>
  a.baseUrl === b.baseUrl && a.authorizeUrl === b.authorizeUrl && a.tokenUrl === b.tokenUrl;

const loginHost = ({ authorizeUrl }: Urls): string[] =>
  authorizeUrl === '' ? [] : [new URL(authorizeUrl).host];

/** Another path on the same hosts is still the same vendor. */
function hasSameHosts(credential: Credential, fields: CredentialFields): boolean {
  const hosts = (urls: Urls) => new Set([...hostsOf({ ...urls, apiUrl: '' }), ...loginHost(urls)]);
  const before = hosts(credential);
  return [...hosts(fields)].every((host) => before.has(host));
}
