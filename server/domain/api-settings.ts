import { z } from 'zod';
import { answerRuleSchema } from './answer-rule.ts';
import { type CallEffect, isHarmful } from './effect.ts';
import {
  bodyKinds,
  type CallClass,
  classOfMethod,
  httpMethods,
  keyValueSchema,
  type Preset,
  paginationSchema,
  responseRowSchema,
  stricterClass,
  successRuleSchema,
  type Vendor,
} from './vendor.ts';

/** How a list of several pages is read into one answer. */
export const apiPagingSchema = z.strictObject({
  next: paginationSchema,
  /** Where the list stands in the answer; empty when the answer is the list. */
  items: z.string().max(200),
  maxPages: z.int().min(1).max(100),
  /** What more pages than that mean: a failure, or that the first ones are enough. */
  whenMore: z.enum(['fail', 'keep']),
});
export type ApiPaging = z.infer<typeof apiPagingSchema>;

/** What the API block's tabs hold. A preset fills all of it; every part may be changed afterwards. */
export const apiSettingsSchema = z.strictObject({
  vendorId: z.string().default(''),
  /** Empty for a free request. */
  presetId: z.string().default(''),
  /** The preset of one's own that the block was filled in from; empty where there is none. */
  ownPresetId: z.string().max(64).default(''),
  authorization: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('static'), credentialId: z.string() }),
      /** A field of the record holds the name of the credential to use. */
      z.strictObject({ mode: z.literal('dynamic'), field: z.string() }),
    ])
    .default({ mode: 'static', credentialId: '' }),
  /** Values of the preset's inputs, by name: templates. */
  inputs: z.record(z.string(), z.string()).default({}),
  method: z.enum(httpMethods).default('GET'),
  /** A path below the credential's base URL, or a whole https URL on one of its hosts. */
  url: z.string().max(4000).default(''),
  params: z.array(keyValueSchema).max(50).default([]),
  headers: z.array(keyValueSchema).max(50).default([]),
  bodyKind: z.enum(bodyKinds).default('none'),
  body: z.string().max(65_536).default(''),
  /** Of a request about which only its method is known: whose account it is about. One that it names is always meant. */
  actsOn: z.enum(['account', 'nobody']).default('account'),
  success: successRuleSchema.default({ statuses: [200], mediaType: 'json' }),
  /** What a successful answer must say besides; one that does not is a failure. */
  conditions: z.array(answerRuleSchema).max(20).default([]),
  response: z
    .strictObject({
      success: z.array(responseRowSchema).max(50),
      failure: z.array(responseRowSchema).max(50),
    })
    .default({ success: [], failure: [] }),
  paging: apiPagingSchema.default({ next: { kind: 'none' }, items: '', maxPages: 10, whenMore: 'fail' }),
  timeoutMs: z.int().min(1_000).max(60_000).default(30_000),
  attempts: z.int().min(1).max(10).default(5),
});
export type ApiSettings = z.infer<typeof apiSettingsSchema>;

/** The settings that choosing a preset fills in; the credential stays as it was. */
export function settingsFromPreset(vendor: Vendor, preset: Preset, credentialId = ''): ApiSettings {
  return apiSettingsSchema.parse({
    vendorId: vendor.id,
    presetId: preset.id,
    authorization: { mode: 'static', credentialId },
    inputs: Object.fromEntries(preset.inputs.map((input) => [input.name, input.default])),
    method: preset.request.method,
    url: preset.request.path,
    params: preset.request.params,
    headers: preset.request.headers,
    bodyKind: preset.request.bodyKind,
    body: preset.request.body,
    success: preset.success,
    response: preset.response,
  });
}

/**
 * How much harm repeating this call may do: what its preset says or what its method means, whichever is stricter, so
 * that an edited preset never counts as milder than what is sent.
 */
export function classOfCall(settings: Pick<ApiSettings, 'method'>, preset: Preset | undefined): CallClass {
  const byMethod = classOfMethod(settings.method);
  return preset ? stricterClass(preset.class, byMethod) : byMethod;
}

type CallRequest = Pick<ApiSettings, 'method' | 'url' | 'params' | 'bodyKind' | 'body'>;

/**
 * What this call does: the word of its preset while the request is the preset's. An edit never makes it milder: what
 * harms still harms, another path of a DELETE may be the account itself, and a body of the author's own may hold
 * anything, such as a switch that disables somebody.
 */
export function effectOfCall(settings: CallRequest, preset: Preset | undefined): CallEffect {
  if (
    preset &&
    isAtPlaceOf(preset, settings) &&
    (isHarmful(preset.effect.does) || hasSameContent(preset, settings))
  )
    return preset.effect;
  const byMethod = classOfMethod(settings.method);
  if (byMethod === 'destructive') return { does: 'delete', undo: { kind: 'permanent' } };
  if (preset && isHarmful(preset.effect.does)) return preset.effect;
  return byMethod === 'read' ? { does: 'read' } : { does: 'unknown', undo: { kind: 'permanent' } };
}

/** Whether a call still goes where its preset does, so that it acts on the account that the preset means. */
export function isAtPlaceOf(
  { request }: Preset,
  { method, url }: Pick<ApiSettings, 'method' | 'url'>,
): boolean {
  return method === request.method && url === request.path;
}

/** What makes an account is about nobody's, whatever its author put into the body. */
export function isAboutNobody(
  settings: Pick<ApiSettings, 'method' | 'url' | 'actsOn'>,
  preset: Preset | undefined,
): boolean {
  const makesOne = preset?.effect.does === 'create' && isAtPlaceOf(preset, settings);
  return makesOne || settings.actsOn === 'nobody';
}

function hasSameContent({ request }: Preset, { params, bodyKind, body }: CallRequest): boolean {
  return (
    bodyKind === request.bodyKind &&
    body === request.body &&
    JSON.stringify(params) === JSON.stringify(request.params)
  );
}
