import { z } from 'zod';
import { externalIdSchema, fieldTypes } from './field.ts';

const kebab = z.string().regex(/^[a-z][a-z0-9-]*$/);
const httpsUrl = z.url({ protocol: /^https$/ });

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

export const presetSchema = z.strictObject({
  id: kebab,
  title: z.string(),
  summary: z.string(),
  docs: httpsUrl,
  class: z.enum(callClasses),
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
  /** Statuses that mean the account is definitely not there; `done` counts them as success (a delete that was done before). */
  notFound: z.strictObject({ statuses: z.array(z.int()), done: z.boolean() }).optional(),
  response: z.strictObject({
    success: z.array(responseRowSchema).default([]),
    failure: z.array(responseRowSchema).default([]),
  }),
  /** A recorded answer with made-up people, shown where no record has been read yet. */
  sample: z.unknown().optional(),
});
export type Preset = z.infer<typeof presetSchema>;

export const vendorFieldSchema = z.strictObject({
  key: externalIdSchema,
  label: z.string(),
  type: z.enum(fieldTypes),
  /** A path into one item of the list; the words below name values that we make ourselves. */
  path: z.string(),
  /** `load-started-at` is the time at which the load began. */
  made: z.enum(['load-started-at']).optional(),
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

export const paginationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** RFC 5988 `Link: <url>; rel="next"`. */
  z.strictObject({ kind: z.literal('link-header'), sizeParam: z.string(), size: z.int().positive() }),
]);

export const vendorSchema = z.strictObject({
  id: kebab,
  title: z.string(),
  summary: z.string(),
  docs: httpsUrl,
  baseUrl: httpsUrl,
  auth: z.strictObject({
    kind: z.literal('oauth2'),
    authorizeUrl: httpsUrl,
    tokenUrl: httpsUrl,
    clientAuth: z.enum(['form', 'basic']),
    scopes: z.array(z.strictObject({ name: z.string(), why: z.string() })),
    docs: httpsUrl,
  }),
  /** A cheap read that proves a credential. */
  test: z.strictObject({ path: z.string().startsWith('/') }),
  load: z.strictObject({
    path: z.string().startsWith('/'),
    docs: httpsUrl,
    items: z.string(),
    pagination: paginationSchema,
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
    /** The list in the answer: one match is the account, none means it is not there, several are ambiguous. */
    items: z.string(),
    /** Which value of the match must equal the record's identifier. */
    identifier: z.string(),
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
