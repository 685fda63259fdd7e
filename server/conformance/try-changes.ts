import { AppError } from '../domain/errors.ts';
import type { Preset } from '../domain/vendor.ts';
import type { Call } from '../engine/block.ts';
import type { Outcome } from '../engine/outcome.ts';
import { type Account, isOrdinary } from './accounts.ts';
import { changedPeople } from './changed-people.ts';
import { error, type Finding, isError, note } from './finding.ts';
import { inputsFor } from './given-inputs.ts';
import { preparePreset } from './prepare-preset.ts';
import { readKept } from './read-kept.ts';
import { sendCall, type Trial } from './trial.ts';

const newcomer = {
  ...{ username: 'new.comer@acme.test', email: 'new.comer@acme.test' },
  ...{ first_name: 'New', last_name: 'Comer' },
};

/** Whether presets that change somebody do what they say, to whom they say, and no more when they are repeated. */
export async function tryChanges(trial: Trial, accounts: readonly Account[]): Promise<Finding[]> {
  const found: Finding[] = [];
  const presets = trial.vendor.presets.filter((one) => one.class !== 'read');
  const again: Preset[] = [];
  for (const preset of presets.filter(({ effect }) => effect.does !== 'delete')) {
    const own = await tryOne(trial, preset, accounts);
    // What takes something away finds somebody who has it once another preset has given it, and the other way round.
    if (own.some(isError)) again.push(preset);
    else found.push(...own);
  }
  // Deletions last, so that there is somebody left for the others.
  for (const preset of [...again, ...presets.filter(({ effect }) => effect.does === 'delete')])
    found.push(...(await tryOne(trial, preset, accounts)));
  return found;
}

function tryOne(trial: Trial, preset: Preset, accounts: readonly Account[]): Promise<Finding[]> | Finding[] {
  const inputs = inputsFor(trial, preset);
  if (inputs === null)
    return [note(`presets.${preset.id}`, 'Not tried: it asks for something that nobody has given.')];
  return preset.effect.does === 'create'
    ? tryCreation(trial, preset, inputs)
    : tryChange(trial, preset, inputs, accounts);
}

async function tryCreation(trial: Trial, preset: Preset, inputs: Record<string, string>): Promise<Finding[]> {
  const place = `presets.${preset.id}`;
  if (!trial.workshop) return [note(place, 'Not tried: it would make an account that stays.')];
  const email = `${preset.id}@acme.test`;
  const made = preparePreset(trial.vendor, preset, inputs).call({ ...trial.inputs, ...newcomer, email });
  if (typeof made === 'string') return [error(place, made)];
  const before = await trial.workshop.people();
  const outcome = await sendCall(trial, made);
  const after = await trial.workshop.people();
  if (outcome.kind !== 'ok') return [error(place, `It does not succeed. ${outcome.message}`)];
  if (after.length !== before.length + 1 || !JSON.stringify(after).includes(email))
    return [error(place, 'It succeeds, but there is no new account with the address.')];
  const again = await sendCall(trial, made);
  const more = (await trial.workshop.people()).length;
  if (more > after.length)
    return [error(place, `Repeated, it makes a second account of the same address (${again.kind}).`)];
  return [];
}

/** One call that is under way, and how to look at whom it is about. */
interface Attempt {
  call: Call;
  look(): Promise<{ isWho: boolean; isSettled: boolean | null; outcome: Outcome }>;
}

/** Tries accounts until one can be changed: not every vendor lets everybody be changed in every way. */
async function tryChange(
  trial: Trial,
  preset: Preset,
  inputs: Record<string, string>,
  accounts: readonly Account[],
): Promise<Finding[]> {
  const place = `presets.${preset.id}`;
  const allowed = accounts.filter(({ email }) => trial.mayChange?.includes(email.toLowerCase()) ?? true);
  if (allowed.length === 0) return [note(place, 'Not tried: no account is given that may be changed.')];
  let reason = 'Nobody among the accounts has anything that it would change.';
  for (const account of allowed) {
    const attempt = await prepareAttempt(trial, preset, inputs, account);
    if (typeof attempt === 'string') {
      reason = attempt;
      continue;
    }
    const seen = await attempt.look();
    if (!seen.isWho) {
      if (seen.outcome.kind !== 'ok') reason = seen.outcome.message;
      continue;
    }
    // Who has the role that is taken away may have been given rights by it.
    const isLeft = preset.effect.does !== 'remove-role' && !isOrdinary(trial, seen.outcome.body);
    if (seen.isSettled === true || isLeft) continue;
    const before = await trial.workshop?.people();
    const outcome = await sendCall(trial, attempt.call);
    const after = await trial.workshop?.people();
    // A list of roles, for one, may name them otherwise than the call: then the account may have had it already.
    const isIdle = before && after && seen.isSettled === null && changedPeople(before, after) === 0;
    if (outcome.kind === 'ok' && isIdle) {
      if (preset.effect.does === 'end-sessions') return [];
      reason = 'It succeeds, and changes nobody.';
      continue;
    }
    if (outcome.kind === 'ok') return await checkChange(trial, preset, attempt, before);
    reason = outcome.message;
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      const isUnclear = outcome.kind === 'unknown';
      return [
        isUnclear
          ? error(`${place}.success`, `It was done, but the answer does not count as success. ${reason}`)
          : error(place, `It was refused and has changed somebody all the same. ${reason}`),
      ];
    }
    if (outcome.kind !== 'rejected' && outcome.kind !== 'not_found') break;
  }
  return [error(place, `It succeeded for nobody. ${reason}`)];
}

async function prepareAttempt(
  trial: Trial,
  preset: Preset,
  inputs: Record<string, string>,
  { record, identifier, email }: Account,
): Promise<Attempt | string> {
  const { vendor } = trial;
  const known = { ...trial.inputs, ...record, ...forNames(preset), email };
  const kept = await readKept(trial, preset, known);
  const call = preparePreset(vendor, preset, inputs).call({ ...known, ...kept });
  if (typeof call === 'string') return call;
  const target = renderTarget(call);
  if (typeof target === 'string') return target;
  if (!target) return `There is no way to look at ${email || identifier} first.`;
  return {
    call,
    async look() {
      const outcome = await sendCall(trial, { call: target.read, rule: target.rule });
      const isWho = outcome.kind === 'ok' && target.mismatch(outcome.body) === null;
      return { isWho, isSettled: target.isSettled(outcome), outcome };
    },
  };
}

/** A sentence where the record lacks what the look needs. */
function renderTarget({ effect }: Call) {
  try {
    return effect?.target?.();
  } catch (problem) {
    if (problem instanceof AppError) return problem.message;
    throw problem;
  }
}

/** So that an update of the names has something to change. */
const forNames = ({ effect }: Preset) =>
  effect.does === 'update' ? { first_name: 'Newly', last_name: 'Named' } : {};

async function checkChange(
  trial: Trial,
  preset: Preset,
  { call, look }: Attempt,
  before: readonly unknown[] | undefined,
): Promise<Finding[]> {
  const place = `presets.${preset.id}`;
  const found: Finding[] = [];
  const { isSettled, isWho } = await look();
  if (isSettled === false)
    found.push(
      error(
        `${place}.target.settled`,
        'It succeeded, but the account as it is read back does not show what was wanted.',
      ),
    );
  if (preset.effect.does === 'delete' && isWho)
    found.push(error(`${place}.effect`, 'It says that it deletes, but the account is still there.'));
  const after = await trial.workshop?.people();
  if (!before || !after) return found;

  const changed = changedPeople(before, after);
  if (changed !== 1)
    found.push(error(`${place}.request`, `It acts on one account, but ${changed} have changed.`));
  const again = await sendCall(trial, call);
  const last = await trial.workshop?.people();
  const isMore = changedPeople(after, last ?? []) > 0;
  if (isMore && (preset.class === 'idempotent' || preset.class === 'destructive'))
    found.push(
      error(`${place}.class`, `It is ${preset.class}, but repeated it changes more. Make it non-idempotent.`),
    );
  if (preset.notFound?.done && again.kind !== 'ok')
    found.push(error(`${place}.notFound`, `Repeated, it should count as done before, but: ${again.message}`));
  return found;
}
