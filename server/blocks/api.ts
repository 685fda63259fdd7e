import {
  type ApiSettings,
  apiSettingsSchema,
  classOfCall,
  effectOfCall,
  isAtPlaceOf,
} from '#domain/api-settings';
import { AppError } from '#domain/errors';
import { builtInFields } from '#domain/field';
import { limitKindOf } from '#domain/limits';
import { parsePath } from '#domain/path';
import type { CallClass, Preset, ResponseRow } from '#domain/vendor';
import { prepareAnswerRules } from '#engine/answer-rules';
import {
  type Assignment,
  type BlockEffect,
  type Decision,
  type Done,
  defineBlock,
  type PrepareContext,
} from '#engine/block';
import { prepareTarget } from '#engine/call-target';
import { firstPageUrl } from '#engine/list-url';
import { hasNoWay, prepareNamedTarget } from '#engine/named-target';
import type { Outcome } from '#engine/outcome';
import { prepareRequest, renderFailure } from '#engine/request';
import { renderValue } from '#engine/template';
import type { VendorCall } from '#engine/vendor-ports';
import { noSaasUser } from './sentences.ts';
import { nameProblem } from './set-variable.ts';

const answerVariables = ['response', 'response_headers', 'response_status'];

/** Calls a vendor: by a preset, or by a request of the author's own. */
export const api = defineBlock({
  type: 'api',
  title: 'API',
  summary: 'Sends a request to a vendor: a preset such as Webex Delete User, or your own.',
  group: 'api',
  level: 'record',
  panel: 'api',
  settings: apiSettingsSchema,
  form: [],
  exits: [
    { id: 'success', label: 'Success', tone: 'main' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],

  callClass: (settings, vendors) => classOfCall(settings, presetOf(settings, vendors)),
  effect: (settings, vendors) => effectOf(settings, presetOf(settings, vendors)),

  prepare(settings, context) {
    const vendor = context.vendors.find(settings.vendorId);
    const preset = presetOf(settings, context.vendors);
    if (settings.vendorId !== '' && !vendor)
      context.issue('vendorId', `This server knows no vendor "${settings.vendorId}".`);
    if (settings.presetId !== '' && !preset)
      context.issue('presetId', `There is no preset "${settings.presetId}". Choose another.`);

    const callClass = classOfCall(settings, preset);
    const isStrict = callClass === 'destructive';
    if (settings.vendorId === '' && callClass !== 'read')
      context.issue(
        'vendorId',
        'Choose the vendor that the request goes to: its stops, limits and protections hold for it.',
      );
    const credential = prepareCredential(settings, context);

    const inputs = Object.entries(settings.inputs).map(
      ([name, value]) => [name, context.template(value, `inputs.${name}`)] as const,
    );
    for (const input of preset?.inputs ?? []) {
      if (input.required && (settings.inputs[input.name] ?? '').trim() === '') {
        context.issue(`inputs.${input.name}`, `Fill in ${input.label}.`);
      }
    }
    const inputNames = inputs.map(([name]) => `input.${name}`);
    const render = prepareRequest(settings, context, isStrict, inputNames);
    const effect = effectOf(settings, preset);
    const target = prepareTargetOf(effect, () =>
      effect?.does === 'unknown'
        ? prepareNamedTarget(settings, vendor, preset, context, inputNames)
        : prepareTarget(settings, vendor, preset, context, inputNames),
    );
    if (vendor && effect?.does === 'unknown' && hasNoWay(settings, vendor, preset))
      context.issue(
        'actsOn',
        'Nothing says how to look at an account before this request. Say under Information that it is about nobody’s account, or use a preset.',
      );
    const mapSuccess = prepareRows(settings.response.success, 'success', context);
    const mapFailure = prepareRows(settings.response.failure, 'failure', context);
    const says = prepareAnswerRules(settings.conditions, context, inputNames, 'conditions');
    checkPaths(settings, callClass, context);
    const isPaged = settings.paging.next.kind !== 'none';
    const notFound = preset && isAtPlaceOf(preset, settings) ? preset.notFound : undefined;
    const saysGone = prepareAnswerRules(notFound?.says ?? [], context, inputNames);
    const title = vendor?.title ?? 'The vendor';

    const withInputs = (variables: Variables): Variables => {
      if (inputs.length === 0) return variables;
      const input: Record<string, unknown> = {};
      for (const [name, template] of inputs)
        input[name] = renderValue(template, variables, { strict: isStrict });
      return { ...variables, input };
    };

    return ({ variables }): Decision => {
      let call: VendorCall;
      let known: Variables;
      try {
        known = withInputs(variables);
        const request = render(known);
        const { method, timeoutMs } = settings;
        if (isPaged) request.url = firstPageUrl(request.url, settings.paging.next);
        call = { credential: credential(variables), class: callClass, method, timeoutMs, ...request };
      } catch (error) {
        return { kind: 'done', exit: 'failure', error: renderFailure(error) };
      }
      return {
        kind: 'call',
        call,
        vendor: title,
        paging: isPaged ? settings.paging : undefined,
        attempts: settings.attempts,
        effect: effect && { ...effect, target: target && (() => target(known, call)) },
        rule: {
          ...settings.success,
          says: settings.conditions.length > 0 ? says(known) : undefined,
          notFound: notFound && { ...notFound, says: saysGone(known) },
        },
        conclude: (outcome) => conclude(outcome, variables, outcome.kind === 'ok' ? mapSuccess : mapFailure),
      };
    };
  },
});

/** Paths that cannot be read, and pages of what is no list. */
function checkPaths(settings: ApiSettings, callClass: CallClass, context: PrepareContext): void {
  const { conditions, paging } = settings;
  const check = (path: string, setting: string): void => {
    try {
      if (path !== '') parsePath(path);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.issue(setting, error.message);
    }
  };
  for (const [at, { path }] of conditions.entries()) check(path, `conditions[${at}]`);
  if (paging.next.kind === 'none') return;
  check(paging.items, 'paging');
  if (callClass !== 'read')
    context.issue(
      'paging',
      'Only a request that reads can have several pages. Choose one page under Limits.',
    );
}

/** What the call does to whom; undefined for a read. */
function effectOf(settings: ApiSettings, preset: Preset | undefined): BlockEffect | undefined {
  const callClass = classOfCall(settings, preset);
  if (callClass === 'read') return undefined;
  const effect = effectOfCall(settings, preset);
  const { does } = effect;
  const limitKind = limitKindOf(does, callClass);
  const undo = effect.does === 'read' ? ({ kind: 'permanent' } as const) : effect.undo;
  return {
    does,
    undo,
    vendorId: settings.vendorId,
    presetId: settings.presetId,
    limitKind,
    isGuarded: limitKind !== null,
    hasTarget: preset?.target !== undefined && isAtPlaceOf(preset, settings),
  };
}

/** How to look at the account first; undefined where nobody looks. */
const prepareTargetOf = <T>(effect: BlockEffect | undefined, prepare: () => T): T | undefined =>
  effect?.hasTarget || effect?.isGuarded ? prepare() : undefined;

const presetOf = (settings: { vendorId: string; presetId: string }, vendors: PrepareContext['vendors']) =>
  vendors.find(settings.vendorId)?.presets.find((preset) => preset.id === settings.presetId);

type Variables = Readonly<Record<string, unknown>>;

function prepareCredential(
  { authorization, vendorId }: Pick<ApiSettings, 'authorization' | 'vendorId'>,
  context: PrepareContext,
): (variables: Variables) => VendorCall['credential'] {
  if (authorization.mode === 'static') {
    const { credentialId } = authorization;
    if (credentialId === '') context.issue('authorization', 'Choose the credential.');
    else context.credential(credentialId, 'authorization', vendorId === '' ? undefined : vendorId);
    return () => ({ id: credentialId });
  }
  if (authorization.field === '')
    context.issue('authorization', 'Choose the field that holds the name of the credential.');
  const template = context.template(`{{${authorization.field || 'missing'}}}`, 'authorization');
  return (variables) => {
    const name = renderValue(template, variables, { strict: true });
    if (typeof name === 'string') return { name };
    // A list with one name in it reads like that name, and nobody has meant it.
    throw new AppError(
      'template_error',
      `The field "${authorization.field}" must hold the name of a credential as text. Correct the record, or choose another field.`,
    );
  };
}

/** Maps an answer into variables and fields. */
type MapAnswer = (
  variables: Variables,
  outcome: Outcome,
) => { assign?: Assignment[]; variables?: Record<string, unknown> };

function prepareRows(
  rows: readonly ResponseRow[],
  when: 'success' | 'failure',
  context: PrepareContext,
): MapAnswer {
  const known = [...builtInFields, ...context.fields];
  const prepared = rows.map(({ value, target }, i) => {
    const setting = `response.${when}[${i}]`;
    if (target.kind === 'variable') {
      // A variable that hides a field would make a call act on somebody else than the record.
      const problem = nameProblem(target.name, context.fields);
      if (problem) context.issue(setting, problem);
      else context.defines(target.name);
    } else if (!known.some((field) => field.recordType === target.kind && field.externalId === target.name)) {
      context.issue(setting, `There is no field "${target.name}". Choose another or add it.`);
    } else if (target.kind === 'saas_user' && !context.hasSaasUser) {
      context.issue(setting, noSaasUser);
    }
    // A path may stand without braces, as in the response tab of the product that users know.
    const text = /\{\{|<</.test(value) ? value : `{{${value}}}`;
    return { target, template: context.template(text, setting, answerVariables) };
  });

  if (prepared.length === 0) return () => ({});
  return (variables, { body, headers, status }) => {
    const known = { ...variables, response: body, response_headers: headers, response_status: status };
    const assign: Assignment[] = [];
    const set: Record<string, unknown> = {};
    for (const { target, template } of prepared) {
      const value = renderValue(template, known) ?? null;
      if (target.kind === 'variable') set[target.name] = value;
      else assign.push({ record: target.kind, field: target.name, value });
    }
    return { assign, variables: set };
  };
}

function conclude(outcome: Outcome, variables: Variables, map: MapAnswer): Done {
  const done = { kind: 'done' as const, ...map(variables, outcome), response: outcome.body };
  if (outcome.kind !== 'ok') return { ...done, exit: 'failure', error: outcome.message };
  return { ...done, exit: 'success', ...(outcome.message === '' ? {} : { note: outcome.message }) };
}
