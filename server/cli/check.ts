import { readFileSync } from 'node:fs';
import { blocks } from '#blocks/index';
import { AppError } from '#domain/errors';
import type { Graph, Issue } from '#domain/workflow';
import type { WorkflowFile } from '#domain/workflow-file';
import { translateReferences } from '#domain/workflow-references';
import { checkGraph } from '#engine/check';
import { vendors } from '#presets';
import { isVendorFile } from '../conformance/vendor-file.ts';
import { checkVendorFile } from './check-vendor.ts';
import { wrongUse } from './usage.ts';
import { parseWorkflowFile } from './workflow-file.ts';

const maxBytes = 10 * 1024 * 1024;

/** `check FILE`: what is wrong with an exported workflow, as far as the file alone can tell, or with a vendor. */
export async function check([file, ...rest]: string[]): Promise<void> {
  const text = file === undefined ? '' : read(file);
  if (file !== undefined && isVendorFile(text)) return checkVendorFile(file, text, rest);
  if (file === undefined || rest.length > 0) {
    throw wrongUse('Use: rollcall check FILE');
  }
  const lines = findProblems(text);
  if (lines.length === 0) {
    process.stdout.write(`${file}: nothing is wrong.\n`);
    return;
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  if (lines.some((line) => line.startsWith('error'))) process.exitCode = 1;
}

function read(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= maxBytes) return bytes.toString('utf8');
  } catch (cause) {
    throw new AppError('not_found', `The file "${file}" cannot be read.`, { cause });
  }
  throw new AppError(
    'invalid',
    `The file "${file}" is larger than 10 MiB, so it is neither a workflow nor a vendor.`,
  );
}

/** One line per problem: how bad, where, what. */
export function findProblems(text: string): string[] {
  let file: WorkflowFile;
  try {
    file = parseWorkflowFile(text);
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => `error  ${line}`);
  }
  const { graph, records } = file;
  const names = namesIn(graph);
  const issues = checkGraph(graph, new Map(blocks.map((block) => [block.type, block])), {
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    fields: [],
    records: records.kind === 'people' ? records : { kind: 'saas_users', appId: records.app },
    credentials: names.map((id) => ({ id, name: id, vendorId: null, status: 'authenticated' })),
    integrations: names.map((id) => ({ id, name: id, status: 'active' })),
  });
  return issues.filter(isKnowable).map(toLine);
}

/** Credentials and integrations that the file names: whether an instance has them, a file cannot tell. */
function namesIn(graph: Graph): string[] {
  const names = new Set<string>();
  translateReferences(graph, (_kind, name) => {
    if (name !== '') names.add(name);
    return name;
  });
  return [...names];
}

/** A variable may be a field that operators added to their instance. */
const isKnowable = (issue: Issue): boolean => !issue.message.startsWith('Nothing sets the variable');

const toLine = ({ severity, block, setting, message }: Issue): string =>
  `${severity.padEnd(7)}${[block, setting].filter(Boolean).join('.') || 'graph'}: ${message}`;
