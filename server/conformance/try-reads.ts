import { saasUserRole } from '../blocks/saas-user-role.ts';
import { AppError } from '../domain/errors.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { Preset } from '../domain/vendor.ts';
import type { Done } from '../engine/block.ts';
import { toPrepareContext } from '../engine/prepare.ts';
import type { Account } from './accounts.ts';
import { error, type Finding, note } from './finding.ts';
import { inputsFor } from './given-inputs.ts';
import { preparePreset } from './prepare-preset.ts';
import { sendCall, type Trial } from './trial.ts';

/** Whether presets that read find who is there and nobody else, and change nothing. */
export async function tryReads(trial: Trial, accounts: readonly Account[]): Promise<Finding[]> {
  const found: Finding[] = [];
  const before = await trial.workshop?.people();
  found.push(...(await tryUserRole(trial, accounts)));
  for (const preset of trial.vendor.presets.filter((one) => one.class === 'read'))
    found.push(...(await tryRead(trial, preset, accounts)));
  const after = await trial.workshop?.people();
  if (JSON.stringify(after) !== JSON.stringify(before))
    found.push(error('presets', 'Presets that only read have changed somebody.'));
  return found;
}

async function tryUserRole(trial: Trial, accounts: readonly Account[]): Promise<Finding[]> {
  const someone = accounts.find(({ identifier, email }) => identifier !== '' && email.includes('@'));
  if (!someone) return [];
  const found: Finding[] = [];
  const there = await askUserRole(trial, someone);
  if (there.exit !== 'found')
    found.push(
      error(
        'userRole',
        `It does not find ${someone.email}, whom the load found. ${there.error ?? there.note ?? ''}`,
      ),
    );
  const gone = await askUserRole(trial, nobodyLike(someone));
  if (gone.exit === 'found')
    found.push(error('userRole', 'It finds somebody for an identifier that nobody has.'));
  if (gone.exit === 'failure')
    found.push(
      note(
        'userRole.notFound',
        `It cannot prove that an account is gone, so nobody is ever marked. ${gone.error ?? ''}`,
      ),
    );
  return found;
}

async function askUserRole(trial: Trial, { identifier, email, record }: Account): Promise<Done> {
  const { vendor } = trial;
  const saasUser = { identifier, email, fields: record } as unknown as SaasUser;
  const { context } = toPrepareContext('userRole', {
    vendors: { find: () => vendor, list: () => [vendor] },
    fields: [],
    records: { kind: 'saas_users', appId: 'check' },
  });
  const settings = saasUserRole.settings.parse({ vendorId: vendor.id, credentialId: 'check' });
  const decision = saasUserRole.prepare(
    settings,
    context,
  )({
    ...{ now: trial.clock.now(), waitingSince: null, names: new Map() },
    subject: { person: null, saasUser },
    variables: { ...record, identifier, email },
  });
  if (decision.kind === 'call') return decision.conclude(await sendCall(trial, decision));
  if (decision.kind === 'done') return decision;
  throw new AppError('internal', 'User Role neither calls nor ends.');
}

async function tryRead(trial: Trial, preset: Preset, accounts: readonly Account[]): Promise<Finding[]> {
  const place = `presets.${preset.id}`;
  const inputs = inputsFor(trial, preset);
  if (inputs === null) return [note(place, 'Not tried: it asks for something that nobody has given.')];
  let refused = '';
  // An account of another kind, such as an end user among technicians, has another read.
  for (const { record, email } of accounts) {
    const made = preparePreset(trial.vendor, preset, inputs).call({ ...trial.inputs, ...record });
    if (typeof made === 'string') {
      refused = made;
      continue;
    }
    const outcome = await sendCall(trial, made);
    if (outcome.kind !== 'ok') {
      refused = `For ${email}: ${outcome.message}`;
      continue;
    }
    return [...checkAnswer(preset, outcome.body), ...(await tryNobody(trial, preset, inputs, record))];
  }
  return [error(place, `It reads nobody whom the load found. ${refused}`)];
}

/** What is read from the answer must be in it. */
function checkAnswer({ id, response }: Preset, body: unknown): Finding[] {
  const rows = response.success.flatMap(({ value }) => /^\{\{response\.(.+)\}\}$/.exec(value)?.[1] ?? []);
  return rows
    .map((path) => path.replace(/\.?\[(\d+)\]/g, '[$1]').replace(/^\./, ''))
    .filter((path) => readPath(body, parsePath(path)) === undefined)
    .map((path) => error(`presets.${id}.response.success`, `The answer has nothing at "${path}".`));
}

/** For somebody who is not there a read must not show somebody else. */
async function tryNobody(
  trial: Trial,
  preset: Preset,
  inputs: Record<string, string>,
  record: Account['record'],
): Promise<Finding[]> {
  const { presets } = trial.vendor;
  const target = presets.find((one) => one.target?.read === preset.id)?.target;
  if (!target) return [];
  const nobody = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toNobody(value)]));
  const made = preparePreset(trial.vendor, preset, inputs).call({
    ...trial.inputs,
    ...record,
    ...keepInputs(trial, nobody, record),
  });
  if (typeof made === 'string') return [];
  const outcome = await sendCall(trial, made);
  if (outcome.kind !== 'ok') {
    return outcome.message.length > 0
      ? []
      : [error(`presets.${preset.id}`, 'A refusal has no sentence that anybody could read.')];
  }
  const shown = readPath(outcome.body, parsePath(target.id.path));
  return shown === undefined || shown === null
    ? []
    : [error(`presets.${preset.id}`, 'For somebody who is not there it shows somebody else.')];
}

/** Values that say where somebody is, such as an account key, are not theirs: they stay. */
function keepInputs({ vendor, inputs }: Trial, nobody: Record<string, unknown>, record: Account['record']) {
  const given = new Set(vendor.load.inputs.map(({ name }) => inputs[name]));
  const kept = Object.entries(record).filter(([, value]) => typeof value === 'string' && given.has(value));
  return { ...nobody, ...Object.fromEntries(kept) };
}

/** The same shape, and nobody's. */
function toNobody(value: unknown): unknown {
  if (typeof value === 'number') return 999_999_999;
  if (typeof value !== 'string') return value;
  if (value.includes('@')) return 'nobody.at.all@nowhere.test';
  return /^\d+$/.test(value)
    ? '9'.repeat(value.length)
    : value.replace(/[a-f0-9](?=[^a-f0-9]*$)/i, (mark) => (mark === '0' ? '1' : '0'));
}

function nobodyLike(account: Account): Account {
  return {
    ...account,
    identifier: String(toNobody(account.identifier)),
    email: 'nobody.at.all@nowhere.test',
  };
}
