import { exitsOf } from '../domain/block-type.ts';
import { builtInFields, type Field } from '../domain/field.ts';
import { globalNameIn } from '../domain/global-variable.ts';
import type { Block, Graph, Issue } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { blocksAtEnd, checkAfterEnd } from './check-at-end.ts';
import { checkLoops } from './check-loops.ts';
import { checkStarts, type StartContext } from './check-starts.ts';
import { findCycle, reachableFrom } from './graph.ts';
import { error, warning } from './issues.ts';
import { findLoopBodies } from './loop-bodies.ts';
import { parseSettings } from './parse-settings.ts';
import { type Findings, type Surroundings, toPrepareContext } from './prepare.ts';
import { spaces } from './variables.ts';

type Types = ReadonlyMap<string, BlockDefinition>;

/** What a check compares a graph with. */
export interface CheckContext extends Surroundings, StartContext {
  /** Whose a credential is; null where nobody can tell, as in a file. */
  credentials: readonly { id: string; name: string; vendorId: string | null; status: string }[];
  integrations: readonly { id: string; name: string; status: string }[];
  /** Names of global variables; without it nobody can tell, as in a file. */
  globals?: ReadonlySet<string>;
}

/** All that is wrong with a graph, worst first. Works on graphs in any state; never throws for what a person drew. */
export function checkGraph(graph: Graph, types: Types, context: CheckContext): Issue[] {
  const once = blocksAtEnd(graph, types);
  const issues = [...checkShape(graph, types, (block) => once.ends.has(block) || once.after.has(block))];
  const findings = new Map<string, Findings>();
  const loops = findLoopBodies(graph, types);
  const hasSaasUser = (block: string) =>
    context.records.kind === 'saas_users' || loops.withAccounts.has(block);
  for (const block of graph.blocks) {
    const found = checkBlock(block, types, { ...context, hasSaasUser: hasSaasUser(block.id) });
    findings.set(block.id, found);
    issues.push(...found.issues, ...checkReferences(block, found, context));
    issues.push(...checkStarts(block, found, context));
  }
  issues.push(...checkVariables(graph, findings, context, hasSaasUser));
  issues.push(...checkAfterEnd(graph, findings, once, fieldNames(true, context.fields)));
  issues.push(...checkLoops(graph, findings, loops));
  return issues.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function* checkShape(graph: Graph, types: Types, isOnce: (block: string) => boolean): Iterable<Issue> {
  const byId = new Map<string, Block>();
  for (const block of graph.blocks) {
    if (byId.has(block.id))
      yield error(block.id, `Two blocks have the id "${block.id}". Give one of them another.`);
    byId.set(block.id, block);
  }
  const begins = graph.blocks.filter((block) => block.type === 'begin');
  if (begins.length === 0) yield error(null, 'There is no Begin block. Add one: every run starts there.');
  for (const extra of begins.slice(1))
    yield error(extra.id, 'There is more than one Begin block. Remove all but one.');

  const edgeIds = new Set<string>();
  for (const edge of graph.edges) {
    if (edgeIds.has(edge.id)) yield error(null, `Two edges have the id "${edge.id}".`);
    edgeIds.add(edge.id);
    yield* checkEdge(edge, byId, types, isOnce);
  }

  const cycle = findCycle(graph);
  if (cycle) {
    const names = cycle.map((id) => `"${byId.get(id)?.name ?? id}"`).join(' → ');
    yield error(
      cycle[0] ?? null,
      `The edges run in a circle: ${names}. Remove one of them, else a record would never end.`,
    );
  }

  if (begins[0]) {
    const reached = reachableFrom(begins[0].id, graph);
    for (const block of graph.blocks) {
      if (block.type !== 'begin' && !reached.has(block.id))
        yield warning(block.id, 'No path leads from Begin to this block, so it never runs.');
    }
    if (!graph.edges.some((edge) => edge.from === begins[0]?.id))
      yield error(begins[0].id, 'Begin leads nowhere. Connect it to the first block.');
  }
}

function* checkEdge(
  edge: Graph['edges'][number],
  byId: ReadonlyMap<string, Block>,
  types: Types,
  isOnce: (block: string) => boolean,
): Iterable<Issue> {
  const from = byId.get(edge.from);
  const to = byId.get(edge.to);
  if (!from)
    return yield error(
      null,
      `The edge "${edge.id}" comes from a block "${edge.from}" that does not exist. Remove the edge.`,
    );
  if (!to)
    return yield error(
      from.id,
      `An edge leaves "${from.name}" for a block "${edge.to}" that does not exist. Remove the edge.`,
    );

  const fromType = types.get(from.type);
  const toType = types.get(to.type);
  const exits = fromType && exitsOf(fromType, from.settings);
  if (exits && !exits.some((exit) => exit.id === edge.exit)) {
    yield error(
      from.id,
      `"${from.name}" has no exit "${edge.exit}". Connect one of: ${exits.map((exit) => exit.id).join(', ') || 'none'}.`,
    );
  }
  if (toType && !toType.hasInput)
    yield error(to.id, `"${to.name}" starts the workflow, so no edge may lead to it.`);
  if (fromType?.level === 'record' && toType?.level === 'run' && !isOnce(from.id)) {
    yield error(
      to.id,
      `"${to.name}" happens once per run, so it must stand before all blocks that happen for each record.`,
    );
  }
}

function checkBlock(block: Block, types: Types, context: CheckContext): Findings {
  const { context: prepare, findings } = toPrepareContext(block.id, context);
  const type = types.get(block.type);
  if (!type) {
    findings.issues.push(error(block.id, `This server knows no block type "${block.type}".`));
    return findings;
  }
  const parsed = parseSettings(type, block.settings);
  if (parsed.ok) type.prepare(parsed.settings, prepare);
  else
    for (const problem of parsed.problems)
      findings.issues.push(error(block.id, problem.message, problem.setting));
  return findings;
}

function* checkReferences(block: Block, found: Findings, context: CheckContext): Iterable<Issue> {
  const titleOf = (id: string): string => context.vendors.find(id)?.title ?? `"${id}"`;
  for (const { id, setting, vendorId } of found.credentials) {
    const credential = context.credentials.find((each) => each.id === id);
    if (!credential)
      yield error(block.id, 'The credential does not exist any more. Choose another.', setting);
    else if (vendorId && credential.vendorId && credential.vendorId !== vendorId) {
      yield error(
        block.id,
        `The credential "${credential.name}" is one of ${titleOf(credential.vendorId)}, and the request goes to ${titleOf(vendorId)}. Choose a credential of ${titleOf(vendorId)}.`,
        setting,
      );
    } else if (credential.status !== 'authenticated') {
      yield error(
        block.id,
        `The credential "${credential.name}" is not authenticated. Open it and choose Authenticate.`,
        setting,
      );
    }
  }
  for (const { id, setting } of found.integrations) {
    const integration = context.integrations.find((each) => each.id === id);
    if (!integration)
      yield error(block.id, 'The integration does not exist any more. Choose another.', setting);
    else if (integration.status !== 'active') {
      yield error(block.id, `The integration "${integration.name}" is a draft. Launch it first.`, setting);
    }
  }
}

/** Every field whose value a template of this workflow may name without a prefix. */
function fieldNames(hasSaasUser: boolean, fields: readonly Field[]): Set<string> {
  const isThere = (field: Field) => field.recordType === 'person' || hasSaasUser;
  return new Set([...builtInFields, ...fields].filter(isThere).map((field) => field.externalId));
}

function* checkVariables(
  graph: Graph,
  findings: ReadonlyMap<string, Findings>,
  context: CheckContext,
  hasSaasUser: (block: string) => boolean,
): Iterable<Issue> {
  const [withAccount, without] = [true, false].map((has) => fieldNames(has, context.fields));
  const ids = new Set(graph.blocks.map((block) => block.id));
  const defined = new Set([...findings.values()].flatMap((found) => found.defines));
  const namesOf = (recordType: string) =>
    new Set(
      [...builtInFields, ...context.fields]
        .filter((field) => field.recordType === recordType)
        .map((field) => field.externalId),
    );
  const byRecord = { person: namesOf('person'), saas_user: namesOf('saas_user') };

  const isKnown = (variable: string, block: string): boolean => {
    const [root = '', second = ''] = variable.split('.');
    const names = hasSaasUser(block) ? withAccount : without;
    if (names?.has(root) || defined.has(root)) return true;
    if (root === 'person' || root === 'saas_user') return second === '' || byRecord[root].has(second);
    if (root === 'steps' || root === 'blocks') return ids.has(second);
    return spaces.has(root);
  };

  for (const block of graph.blocks) {
    for (const { variable, setting } of findings.get(block.id)?.reads ?? []) {
      const global = globalNameIn(variable);
      if (global !== null) {
        const message = unknownGlobal(global, context.globals);
        if (message !== null) yield error(block.id, message, setting);
        continue;
      }
      if (isKnown(variable, block.id)) continue;
      yield error(
        block.id,
        `Nothing sets the variable "${variable}". Choose a field, or set it in an earlier block.`,
        setting,
      );
    }
  }
}

function unknownGlobal(name: string, known: ReadonlySet<string> | undefined): string | null {
  if (name === '')
    return 'Say which global variable is meant, as in {{GlobalSetting.Zendesk.Subdomain}}: all of them at once cannot be used.';
  if (!known || known.has(name)) return null;
  return `There is no global variable “${name}”. Add it under Global variables, or correct its name.`;
}
