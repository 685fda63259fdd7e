import { z } from 'zod';
import { administratorSchema } from './administrator.ts';
import { answerRuleSchema } from './answer-rule.ts';
import { conditionGroupSchema } from './condition.ts';
import { presetEffectSchema } from './effect.ts';
import { externalIdSchema, fieldTypes } from './field.ts';
import { presetTargetSchema } from './preset-target.ts';

const kebab = z.string().regex(/^[a-z][a-z0-9-]*$/);
const httpsUrl = z.url({ protocol: /^https$/ });
/** A whole URL, or a path at the host of the base URL, for vendors that give each customer a host. */
const endpoint = z.union([httpsUrl, z.string().startsWith('/')]);

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/**
 * How much harm a repeated call may do, from least to most. Whether a call may be repeated follows its class,
 * never the status alone.
 */
export const callClasses = ['read', 'idempotent', 'non-idempotent', 'destructive'] as const;
export type CallClass = (typeof callClasses)[number];

/** The stricter of two classes. */
export function stricterClass(a: CallClass, b: CallClass): CallClass {
  return callClasses.indexOf(a) >= callClasses.indexOf(b) ? a : b;
}

const methodClasses: Record<HttpMethod, CallClass> = {
  GET: 'read',
  PUT: 'idempotent',
  POST: 'non-idempotent',
  PATCH: 'non-idempotent',
  DELETE: 'destructive',
};

/** The class of a call about which only its method is known. */
export const classOfMethod = (method: HttpMethod): CallClass => methodClasses[method];

export const keyValueSchema = z.strictObject({ key: z.string(), value: z.string() });
export const bodyKinds = ['none', 'json', 'form', 'text'] as const;
export const mediaTypes = ['json', 'none', 'any'] as const;

/** What counts as success: a predicate over status and media type, not "2xx". */
export const successRuleSchema = z.strictObject({
  statuses: z.array(z.int().min(100).max(599)).min(1),
  mediaType: z.enum(mediaTypes),
});

/** Puts one value of an answer into a field or a variable; `value` is a template such as `{{response.id}}`. */
export const responseRowSchema = z.strictObject({
  value: z.string().min(1),
  target: z.strictObject({
    kind: z.enum(['person', 'saas_user', 'variable']),
    name: externalIdSchema,
  }),
});
export type ResponseRow = z.infer<typeof responseRowSchema>;

const notFoundSchema = z.strictObject({
  statuses: z.array(z.int()).min(1),
  says: z.array(answerRuleSchema).min(1),
});

export const presetSchema = z.strictObject({
  id: kebab,
  title: z.string(),
  summary: z.string(),
  docs: httpsUrl,
  class: z.enum(callClasses),
  /** What it does to the account; the class says only whether it may be repeated. */
  effect: presetEffectSchema,
  /** Whom it acts on. Every preset has it that is destructive, or changes somebody and may be repeated. */
  target: presetTargetSchema.optional(),
  scopes: z.array(z.string()),
  /** Asked for in *Configure*; templates of the request read them as `{{input.name}}`. */
  inputs: z.array(
    z.strictObject({
      name: externalIdSchema,
      label: z.string(),
      default: z.string(),
      required: z.boolean(),
      hint: z.string().optional(),
    }),
  ),
  request: z.strictObject({
    method: z.enum(httpMethods),
    /** Below the vendor's base URL; starts with a slash. */
    path: z.string().startsWith('/'),
    params: z.array(keyValueSchema).default([]),
    headers: z.array(keyValueSchema).default([]),
    bodyKind: z.enum(bodyKinds).default('none'),
    body: z.string().default(''),
  }),
  success: successRuleSchema,
  /**
   * The vendor's own word that the account which the call names is not there: one of the statuses, and all that the
   * body must say besides, because the 404 of a proxy, of a wrong path or about somebody else proves nothing. `done`
   * counts it as success (a delete that was done before). Absent where the vendor has no such word.
   */
  notFound: notFoundSchema.extend({ done: z.boolean() }).optional(),
  response: z.strictObject({
    success: z.array(responseRowSchema).default([]),
    failure: z.array(responseRowSchema).default([]),
  }),
  /** A recorded answer with made-up people, shown where no record has been read yet. */
  sample: z.unknown().optional(),
});
export type Preset = z.infer<typeof presetSchema>;

/** Values that we make ourselves: the time at which the load began, the credential's name, an input of the load. */
export const madeValues = ['load-started-at', 'credential-name', 'input'] as const;

export const vendorFieldSchema = z.strictObject({
  key: externalIdSchema,
  label: z.string(),
  type: z.enum(fieldTypes),
  /** A path into one item of the list; empty for values that we make ourselves. */
  path: z.string(),
  /** Paths that are tried in turn where `path` finds nothing. */
  fallbacks: z.array(z.string()).default([]),
  /** Where nothing is found: whether one of the values at `path` is `value`; unknown when there are no values. */
  orAny: z.strictObject({ path: z.string(), value: z.string() }).optional(),
  made: z.enum(madeValues).optional(),
  /** The input of the load that `made: 'input'` means. */
  input: externalIdSchema.optional(),
  /** Which field Smart Mapping proposes. `create` says that the field may be new. */
  suggests: z
    .array(
      z.strictObject({
        recordType: z.enum(['person', 'saas_user']),
        externalId: externalIdSchema,
        create: z.strictObject({ label: z.string(), isUnique: z.boolean() }).optional(),
      }),
    )
    .default([]),
});
export type VendorField = z.infer<typeof vendorFieldSchema>;

const sized = { sizeParam: z.string(), size: z.int().positive() };

/** How a vendor leads from one page of a list to the next. */
export const paginationSchema = z.discriminatedUnion('kind', [
  /** The whole list in one answer. */
  z.strictObject({ kind: z.literal('none') }),
  /** RFC 8288 `Link: <url>; rel="next"`. */
  z.strictObject({ kind: z.literal('link-header'), ...sized }),
  /** The body holds a token for the next page; absent or empty at the end. */
  z.strictObject({ kind: z.literal('body-token'), ...sized, tokenParam: z.string(), token: z.string() }),
  /** The body says which entries it holds: the next page begins behind `to`, until `total`. */
  z.strictObject({
    kind: z.literal('index-window'),
    ...sized,
    offsetParam: z.string(),
    to: z.string(),
    total: z.string(),
  }),
  /** SCIM's `startIndex`, which counts from 1, until `total`; a page may be shorter than asked for (RFC 7644, 3.4.2.4). */
  z.strictObject({ kind: z.literal('start-index'), ...sized, offsetParam: z.string(), total: z.string() }),
  /** Counting on until a page is shorter than asked for. */
  z.strictObject({ kind: z.literal('offset'), ...sized, offsetParam: z.string() }),
]);
export type Pagination = z.infer<typeof paginationSchema>;

const scopes = z.array(z.strictObject({ name: z.string(), why: z.string() })).default([]);
const clientAuth = z.enum(['form', 'basic']);

/** A way to authenticate. */
export const authMethodSchema = z.discriminatedUnion('kind', [
  /** OAuth 2.0 authorization code with PKCE and refresh. */
  z.strictObject({
    kind: z.literal('oauth2'),
    authorizeUrl: endpoint,
    tokenUrl: endpoint,
    clientAuth,
    scopes,
    docs: httpsUrl,
  }),
  /** OAuth 2.0 client credentials: no login, no refresh token. */
  z.strictObject({
    kind: z.literal('client-credentials'),
    tokenUrl: endpoint,
    clientAuth,
    scopes,
    docs: httpsUrl,
  }),
  /** Zoom's server-to-server grant: client credentials for one account id. */
  z.strictObject({
    kind: z.literal('account-credentials'),
    tokenUrl: endpoint,
    clientAuth,
    scopes,
    docs: httpsUrl,
  }),
  /** A token that the vendor shows once, sent as `Authorization: Bearer …`. */
  z.strictObject({ kind: z.literal('bearer'), docs: httpsUrl }),
  z.strictObject({
    kind: z.literal('api-key'),
    in: z.enum(['header', 'query']),
    name: z.string(),
    docs: httpsUrl,
  }),
  z.strictObject({ kind: z.literal('basic'), docs: httpsUrl }),
]);
export type AuthMethod = z.infer<typeof authMethodSchema>;
const authKinds = authMethodSchema.options.map(({ shape }) => shape.kind.value);
/** `webhook-url`: the URL itself lets its holder in; see `webhook.ts`. */
export type AuthKind = AuthMethod['kind'] | 'webhook-url';

/** Something a load must be told, such as which of several accounts is meant. Paths name it `{{input.account_key}}`. */
export const loadInputSchema = z.strictObject({
  name: externalIdSchema,
  label: z.string(),
  hint: z.string(),
  /** A read whose answer lists the values to choose from. */
  discover: z
    .strictObject({
      path: z.string().startsWith('/'),
      items: z.string(),
      value: z.string(),
      label: z.string(),
    })
    .optional(),
});
export type LoadInput = z.infer<typeof loadInputSchema>;

export const vendorSchema = z.strictObject({
  id: kebab,
  title: z.string(),
  summary: z.string(),
  docs: httpsUrl,
  baseUrl: httpsUrl,
  /** What is asked for in `Accept`, where it is not plain JSON; a request may say otherwise. */
  mediaType: z
    .string()
    .regex(/^[\w.-]+\/[\w.+-]*\bjson$/)
    .optional(),
  /** Asked for where every customer has a host of its own; the answer takes the place of `baseUrl`. */
  baseUrlInput: z.strictObject({ label: z.string(), placeholder: z.string(), hint: z.string() }).optional(),
  /** The first is the first choice. */
  auth: z.array(authMethodSchema).min(1),
  /** How an answer about an account tells that it may administer the vendor; such accounts are protected. */
  administrator: administratorSchema.optional(),
  /** A read that tells whose account a credential is: nothing is taken from that account with it. */
  ownAccount: z
    .strictObject({
      path: z.string().startsWith('/'),
      /** Where its id and its address stand in the answer. */
      id: z.string().min(1),
      email: z.string().min(1),
      /** The kinds of credentials that belong to somebody; absent: all. */
      kinds: (z.array(z.enum(authKinds)) as z.ZodType<AuthKind[], AuthKind[]>).optional(),
      docs: httpsUrl,
    })
    .optional(),
  /** A cheap read that proves a credential. */
  test: z.strictObject({ path: z.string().startsWith('/') }),
  /** What the vendor publishes about how fast it may be called; absent where it publishes nothing. */
  pace: z
    .strictObject({
      perSecond: z.number().positive().optional(),
      /** Calls under way at once. */
      atOnce: z.int().positive().optional(),
      docs: httpsUrl,
    })
    .optional(),
  load: z.strictObject({
    path: z.string().startsWith('/'),
    docs: httpsUrl,
    /** Where the list stands in the answer; empty when the answer is the list. */
    items: z.string(),
    pagination: paginationSchema,
    params: z.array(keyValueSchema).default([]),
    /** The list is read once for each of these, such as once for each status. */
    passes: z
      .array(z.strictObject({ title: z.string(), params: z.array(keyValueSchema) }))
      .min(1)
      .default([{ title: '', params: [] }]),
    inputs: z.array(loadInputSchema).default([]),
    /** Lists whose ids are replaced by names, such as role ids. */
    lookups: z
      .array(
        z.strictObject({
          field: externalIdSchema,
          path: z.string().startsWith('/'),
          items: z.string(),
          id: z.string(),
          name: z.string(),
        }),
      )
      .default([]),
    /** What a new integration creates; the list may hold more than people, such as devices. Fields by their keys. */
    createsOnly: conditionGroupSchema.optional(),
    /** The field whose value identifies an account in the app. */
    identifier: externalIdSchema,
    fields: z.array(vendorFieldSchema).min(1),
  }),
  userRole: z.strictObject({
    id: kebab,
    title: z.string(),
    summary: z.string(),
    docs: httpsUrl,
    scopes: z.array(z.string()),
    request: z.strictObject({
      method: z.literal('GET'),
      path: z.string().startsWith('/'),
      params: z.array(keyValueSchema),
    }),
    success: successRuleSchema,
    /** The vendor's own word that the account is not there. */
    notFound: notFoundSchema.optional(),
    /**
     * The list in the answer: one match is the account, none means it is not there, several are ambiguous. Null when
     * the answer is the account itself; empty when the answer is the list.
     */
    items: z.string().nullable(),
    /** The request names nobody and lists everybody: then only a list of others proves that an account is gone. */
    isWholeList: z.boolean().default(false),
    /** Which value of the match must equal the record's identifier. */
    identifier: z.string(),
    /** Paths that are tried in turn where there is no such value. */
    identifierFallbacks: z.array(z.string()).default([]),
    /** Empty, as those below, where the answer does not say. */
    roles: z.string(),
    licenses: z.string(),
    status: z.string(),
    lastActivity: z.string(),
  }),
  presets: z.array(presetSchema),
});
export type Vendor = z.infer<typeof vendorSchema>;

/** States a vendor as data. Throws at start when the data does not fit its own schema, naming the place. */
export function defineVendor(vendor: z.input<typeof vendorSchema>): Vendor {
  return vendorSchema.parse(vendor);
}

/** The method by which operators log in at the vendor; absent where there is none. */
export function loginOf(vendor: Pick<Vendor, 'auth'>): Extract<AuthMethod, { kind: 'oauth2' }> | undefined {
  return vendor.auth.find((method) => method.kind === 'oauth2');
}
