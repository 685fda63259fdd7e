import { z } from 'zod';
import { authKinds, clientAuths, credentialSchema } from '../domain/credential.ts';
import { mostAtOnce, mostPerSecond } from '../domain/pace.ts';
import { vendorSchema } from '../domain/vendor.ts';

export const vendorsList = z.strictObject({ items: z.array(vendorSchema) });

export const credentialsList = z.strictObject({ items: z.array(credentialSchema) });

export const credentialDetails = z.strictObject({
  credential: credentialSchema,
  /** To be entered at the vendor; shown for copying. */
  redirectUrl: z.string(),
  hosts: z.array(z.string()),
  usedBy: z.array(
    z.strictObject({ kind: z.enum(['integration', 'workflow']), id: z.string(), name: z.string() }),
  ),
});
export type CredentialDetails = z.infer<typeof credentialDetails>;

/** Shorter ones could not be told from ordinary words where they have to be masked. */
const givenSecret = z.string().min(6, 'It is shorter than 6 characters.').max(4000);

/** What the kind of the credential does not need is left out. */
export const credentialInput = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.').max(120),
  owner: z.string().trim().max(120).default(''),
  vendorId: z.string().max(100),
  /** Absent: the vendor's first choice. */
  kind: z.enum(authKinds).optional(),
  description: z.string().max(1000).default(''),
  scopes: z.string().trim().max(2000).default(''),
  clientId: z.string().trim().max(500).default(''),
  /** Absent: as the vendor wants it. */
  clientAuth: z.enum(clientAuths).optional(),
  /** `account_id` of server-to-server OAuth; `username` of a user name and password. */
  inputs: z.record(z.string().max(60), z.string().trim().max(500)).optional(),
  /** Of the OAuth kinds. Absent or empty on an update: the stored one is kept. */
  clientSecret: z.string().max(2000).optional(),
  /** Of `bearer` and `api-key`. Kept as above. */
  token: givenSecret.optional(),
  /** Of `basic`. Kept as above. */
  password: givenSecret.optional(),
  /** The host of this customer, or in place of the vendor's own URLs a regional host, a proxy or a sandbox. */
  baseUrl: z.url().optional(),
  authorizeUrl: z.url().optional(),
  tokenUrl: z.url().optional(),
  /** Calls a second. Null: as the vendor documents; absent, too, and on an update the stored one is kept. */
  perSecond: z
    .number()
    .min(0.01, 'Enter at least 0.01.')
    .max(mostPerSecond, `Enter at most ${mostPerSecond}.`)
    .nullable()
    .optional(),
  /** Calls at once. Null: as the vendor documents, or as this server is set up; absent as above. */
  atOnce: z
    .int('Enter a whole number.')
    .min(1, 'Enter at least 1.')
    .max(mostAtOnce, `Enter at most ${mostAtOnce}.`)
    .nullable()
    .optional(),
});
export type CredentialInput = z.infer<typeof credentialInput>;

export const credentialChange = credentialInput.extend({
  /** The values that the editor saw: when somebody else has changed one since, nothing is saved. */
  was: credentialSchema
    .pick({
      ...{ name: true, owner: true, kind: true, description: true, scopes: true, clientId: true },
      ...{ clientAuth: true, inputs: true, baseUrl: true, authorizeUrl: true, tokenUrl: true },
    })
    .partial()
    .optional(),
});

/** The vendor's own login page, to be opened in this browser; `returnTo` is a path of ours. */
export const authorizationInput = z.strictObject({
  returnTo: z
    .string()
    .max(300)
    // Browsers leave out tabs and line breaks, so that `/<tab>/evil.test` would lead to another server.
    .regex(/^\/(?![/\\])[!-~]*$/, 'Name a path on this server, such as /credentials.')
    .default('/credentials'),
});
export const authorization = z.strictObject({ authorizeUrl: z.string() });

export const credentialTest = z.strictObject({ isOk: z.boolean(), message: z.string() });

/** Everything that a credential for an imitated vendor needs. */
export const sandboxInfo = z.strictObject({
  vendors: z.array(
    z.strictObject({
      vendorId: z.string(),
      url: z.string(),
      credential: credentialInput,
    }),
  ),
});
export type SandboxInfo = z.infer<typeof sandboxInfo>;
