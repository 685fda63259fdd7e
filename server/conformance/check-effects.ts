import { isHarmful } from '../domain/effect.ts';
import { AppError } from '../domain/errors.ts';
import { limitKindOf } from '../domain/limits.ts';
import { callClasses, classOfMethod, type Preset, stricterClass, type Vendor } from '../domain/vendor.ts';
import { parseTemplate, variablesOf } from '../engine/template.ts';
import { error, type Finding } from './finding.ts';
import { accountFieldsOf } from './known-names.ts';

/** Whether each preset says honestly what it does, to whom, and how far that can be taken back. */
export function checkEffects(vendor: Vendor): Finding[] {
  return vendor.presets.flatMap((preset) => [
    // One mistake about the class is told once.
    ...checkClass(preset).slice(0, 1),
    ...checkEffect(preset, vendor),
    ...checkGiving(preset),
    ...checkTarget(preset, vendor),
  ]);
}

function checkClass({ id, class: stated, request, effect }: Preset): Finding[] {
  const place = `presets.${id}.class`;
  const byMethod = classOfMethod(request.method);
  const found: Finding[] = [];
  if (stricterClass(stated, byMethod) !== stated) {
    const fits = callClasses.slice(callClasses.indexOf(byMethod)).join(' or ');
    found.push(
      error(place, `It is "${stated}", but a ${request.method} counts as ${byMethod}. Make it ${fits}.`),
    );
  }
  if ((stated === 'read') !== (effect.does === 'read'))
    found.push(error(place, `It is "${stated}", but its effect is "${effect.does}". One of them is wrong.`));
  if (stated === 'destructive' && !isHarmful(effect.does))
    found.push(
      error(
        `presets.${id}.effect.does`,
        `It is destructive, but its effect "${effect.does}" takes nothing from anybody. Name what it takes.`,
      ),
    );
  if (effect.does === 'delete' && stated !== 'destructive')
    found.push(error(place, `It deletes accounts, so it is destructive, not "${stated}".`));
  return found;
}

function checkEffect({ id, effect }: Preset, { presets }: Vendor): Finding[] {
  if (effect.does === 'read') return [];
  const place = `presets.${id}.effect.undo`;
  const { undo } = effect;
  if (effect.does === 'delete' && undo.kind === 'reversible')
    return [
      error(
        place,
        'A deletion is not reversible. Say "permanent", or "recoverable" with the days that are promised.',
      ),
    ];
  if (undo.kind !== 'reversible' || undo.by === undefined) return [];
  const opposite = presets.find((preset) => preset.id === undo.by);
  if (!opposite) return [error(`${place}.by`, `There is no preset "${undo.by}".`)];
  return opposite.effect.does === 'read'
    ? [error(`${place}.by`, `The preset "${undo.by}" only reads, so it takes nothing back.`)]
    : [];
}

const setsInPlaceOf: Partial<Record<Preset['effect']['does'], string>> = {
  'assign-licences': 'set-licences',
  'assign-role': 'set-role',
  enable: 'disable',
};

/** What puts a value that is asked for in the place of another one may take something away by it. */
function checkGiving({ id, effect, target }: Preset): Finding[] {
  const honest = setsInPlaceOf[effect.does];
  if (honest === undefined || target?.settled.kind !== 'values') return [];
  return target.settled.all
    .filter(({ test, value }) => test === 'is' && variables(value).length > 0)
    .map(({ path }) =>
      error(
        `presets.${id}.effect.does`,
        `It is "${effect.does}", but afterwards "${path}" is whatever was asked for, which may be less than before. Make it "${honest}", or write the value down in the preset.`,
      ),
    );
}

function checkTarget(
  { id, class: stated, effect, target, request, inputs }: Preset,
  vendor: Vendor,
): Finding[] {
  const place = `presets.${id}.target`;
  const limitKind = limitKindOf(effect.does, stated);
  if (!target) {
    if (limitKind !== null || stated === 'destructive')
      return [
        error(
          place,
          'It takes something from somebody, so it must say how to look at the account first. Add a target.',
        ),
      ];
    return stated === 'idempotent' && effect.does !== 'create'
      ? [
          error(
            place,
            'It changes somebody and may be repeated, so it must say how to see whether it was done. Add a target.',
          ),
        ]
      : [];
  }
  const found: Finding[] = [];
  const read = vendor.presets.find((preset) => preset.id === target.read);
  if (!read) found.push(error(`${place}.read`, `There is no preset "${target.read}".`));
  else if (read.class !== 'read' || read.request.method !== 'GET')
    found.push(error(`${place}.read`, `The preset "${target.read}" does not only read.`));

  const accounts = accountFieldsOf(vendor);
  const named = onlyVariable(target.id.value);
  // An input may say which field holds the id, where there may be several apps of the same vendor.
  const input = inputs.find(({ name }) => named === `input.${name}`);
  const field = input ? onlyVariable(input.default) : named;
  if (target.id.test !== 'is' || named === undefined || field === undefined || !accounts.includes(field))
    found.push(
      error(
        `${place}.id`,
        `It must compare with the vendor's id of the record: "is" and one of ${accounts.map((one) => `{{${one}}}`).join(', ') || 'the unique fields that the load suggests for people'}.`,
      ),
    );
  else if (!JSON.stringify(request).includes(named))
    found.push(
      error(
        `${place}.id`,
        `The request does not name {{${named}}}, so it may act on somebody else than who was looked at.`,
      ),
    );
  if (target.email.test !== 'is-address' || onlyVariable(target.email.value) !== 'email')
    found.push(error(`${place}.email`, 'It must compare the address: "is-address" and {{email}}.'));

  const { settled } = target;
  if (effect.does === 'delete' && settled.kind !== 'gone')
    found.push(error(`${place}.settled`, 'A deletion is done when the account is gone. Say "gone".'));
  if (settled.kind === 'gone' && settled.items === null && read && !read.notFound)
    found.push(
      error(
        `presets.${read.id}.notFound`,
        `"${id}" is done when the account is gone, but its read does not know the vendor's word for a missing account.`,
      ),
    );
  const known = ['email', ...accounts, ...inputs.map(({ name }) => `input.${name}`)];
  const strange =
    settled.kind === 'values'
      ? settled.all.flatMap(({ value }) => variables(value)).filter((one) => !known.includes(one))
      : [];
  for (const one of strange)
    found.push(
      error(
        `${place}.settled`,
        `"${one}" is neither the account's id, its address nor an input of the preset.`,
      ),
    );
  return found;
}

/** The variable of a template that is nothing else. */
function onlyVariable(template: string): string | undefined {
  const [name, ...more] = variables(template);
  return more.length === 0 && name !== undefined && template.trim() === `{{${name}}}` ? name : undefined;
}

function variables(template: string): string[] {
  try {
    return variablesOf(parseTemplate(template));
  } catch (problem) {
    // What cannot be parsed is found by the question about templates.
    if (problem instanceof AppError) return [];
    throw problem;
  }
}
