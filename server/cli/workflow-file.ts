import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '#domain/errors';
import { type ImportChoices, importChoicesSchema, workflowFileSchema } from '#domain/workflow-file';
import { findExcess } from '#domain/workflow-limits';
import { atConsole } from '#engine/operators';
import { toPlace } from '#engine/parse-settings';
import type { ImportPlan } from '#engine/transfer-ports';
import { toFileText } from '#engine/workflow-file';
import { transferOf } from '../assembly/command-line.ts';
import { withData } from './data-folder.ts';
import { parseUse, wrongUse } from './usage.ts';

const exportUsage = 'Use: rollcall export WORKFLOW [--version N] [--out FILE]';
const importUsage = 'Use: rollcall import FILE [--plan] [--use "KIND:NAME=NAME HERE"]...';
const maxBytes = 10 * 1024 * 1024;
const kinds = ['app', 'credential', 'integration', 'workflow'] as const;

/** `export`: writes a workflow as one file, which holds no secret. Works while the server runs. */
export async function exportWorkflow(args: string[]): Promise<void> {
  const { positionals, values } = parseUse(exportUsage, () =>
    parseArgs({
      args,
      options: { version: { type: 'string' }, out: { type: 'string' } },
      allowPositionals: true,
    }),
  );
  const [wanted, ...rest] = positionals;
  const version = values.version === undefined ? undefined : Number(values.version);
  const isVersion = version === undefined || (Number.isInteger(version) && version >= 1);
  if (wanted === undefined || rest.length > 0 || !isVersion) throw wrongUse(exportUsage);
  await withData(async (database) => {
    const { exportFile, workflows } = transferOf(database);
    const text = toFileText(await exportFile(idOf(await workflows.list(), wanted), version));
    if (values.out === undefined) process.stdout.write(text);
    else writeFileSync(values.out, text);
  });
}

/** `import`: makes a draft of a file and says what is still to be done. Nothing is started or activated. */
export async function importWorkflow(args: string[]): Promise<void> {
  const { positionals, values } = parseUse(importUsage, () =>
    parseArgs({
      args,
      options: { plan: { type: 'boolean' }, use: { type: 'string', multiple: true } },
      allowPositionals: true,
    }),
  );
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw wrongUse(importUsage);
  const file = parseWorkflowFile(readText(path));
  await withData(async (database) => {
    const { plan, importFile, audit } = transferOf(database);
    const choices = toChoices(await plan(file), values.use ?? []);
    process.stdout.write(toLines(await plan(file, choices)));
    if (values.plan) return;
    const { id, name } = await importFile(file, atConsole, choices);
    const actor = `${atConsole.name} (${atConsole.id})`;
    await audit.add({ actor, action: 'import workflow', target: id, details: { name } });
    process.stdout.write(`"${name}" is there as a draft, ${id}. Nothing was started.\n`);
  });
}

/** Reads a workflow file. Throws `invalid` with a sentence for each thing that is wrong, and where it is. */
export function parseWorkflowFile(text: string) {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', `The file is not JSON: ${(error as Error).message}`);
  }
  const excess = findExcess(content);
  if (excess) throw new AppError('invalid', `${toPlace(excess.path) || 'file'}: ${excess.message}`);
  const parsed = workflowFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${toPlace(path) || 'file'}: ${message}`);
  throw new AppError('invalid', lines.join('\n'));
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('not_found', `The file "${path}" cannot be read.`, { cause });
  }
  if (bytes.length <= maxBytes) return bytes.toString('utf8');
  throw new AppError('invalid', `The file "${path}" is larger than 10 MiB, so it is no workflow.`);
}

/** `credential:Webex admin=Webex test` says what is used here in the place of a name of the file. */
function toChoices({ references }: ImportPlan, uses: readonly string[]): ImportChoices {
  const choices = importChoicesSchema.parse({});
  for (const use of uses) {
    const [, kindText = '', name = '', here = ''] = /^(\w+):([^=]*)=(.*)$/.exec(use) ?? [];
    const kind = kinds.find((each) => each === kindText);
    if (!kind) throw wrongUse(`"${use}" names nothing. ${importUsage}. Kinds: ${kinds.join(', ')}.`);
    const reference = references.find((each) => each.kind === kind && each.name === name);
    if (!reference) throw new AppError('invalid', `The file names no ${kind} "${name}".`);
    const found = reference.choices.find((each) => each.name === here || each.id === here);
    if (!found) throw new AppError('invalid', `This instance has no ${kind} "${here}".`);
    choices[kind === 'app' ? 'apps' : kind][name] = found.id;
  }
  return choices;
}

function toLines({ references, issues }: ImportPlan): string {
  const used = references.map(({ kind, name, chosen, choices }) => {
    const here = choices.find(({ id }) => id === chosen)?.name;
    return `${kind.padEnd(12)}"${name}" ${here === undefined ? 'is not here: it stays open' : `is "${here}" here`}`;
  });
  const found = issues.map(
    ({ severity, block, setting, message }) =>
      `${severity.padEnd(12)}${[block, setting].filter(Boolean).join('.') || 'graph'}: ${message}`,
  );
  return [...used, ...found].map((line) => `${line}\n`).join('');
}

function idOf(all: readonly { id: string; name: string }[], wanted: string): string {
  const found = all.filter(({ id, name }) => id === wanted || name === wanted);
  const [first, second] = found;
  if (!first) throw new AppError('not_found', `There is no workflow "${wanted}".`);
  if (!second) return first.id;
  const ids = found.map(({ id }) => id).join(', ');
  throw new AppError('invalid', `Several workflows have the name "${wanted}". Use an id: ${ids}.`);
}
