import { AppError } from '../domain/errors.ts';
import type { Graph, Workflow, WorkflowRecords } from '../domain/workflow.ts';
import { type ImportChoices, type WorkflowFile, workflowFormat } from '../domain/workflow-file.ts';
import {
  markApps,
  type ReferenceKind,
  referenceKinds,
  translateReferences,
  unmarkApps,
} from '../domain/workflow-references.ts';
import type { BlockDefinition } from './block.ts';
import type { NamedReference, TransferService } from './transfer-ports.ts';
import { findHarmfulBlocks } from './two-persons.ts';
import type { Vendors } from './vendor-ports.ts';
import { inStableOrder, withoutSecrets } from './workflow-file.ts';
import type { References, WorkflowService, WorkflowsStore } from './workflow-ports.ts';

export interface TransferDeps {
  workflows: Pick<WorkflowService, 'find' | 'add' | 'checkGraph'>;
  store: Pick<WorkflowsStore, 'list' | 'versions'>;
  references: References;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
}

type Named = Record<ReferenceKind, readonly { id: string; name: string }[]>;

/** Writes workflows as files, and makes workflows of files. */
export function createTransfer({
  workflows,
  store,
  references,
  types,
  vendors,
}: TransferDeps): TransferService {
  async function named(): Promise<Named> {
    const [credential, integration, app, workflow] = await Promise.all([
      references.credentials(),
      references.integrations(),
      references.apps(),
      store.list(),
    ]);
    return {
      credential: toLabels(credential),
      integration: toLabels(integration),
      app: toLabels(app),
      workflow: toLabels(workflow),
    };
  }

  async function sideOf({ id, draft, records }: Workflow, number?: number) {
    if (number === undefined) return { graph: draft, records };
    const found = (await store.versions(id)).find((version) => version.number === number);
    if (!found) throw new AppError('not_found', `The workflow has no version ${number}.`);
    return found;
  }

  /** The file in this instance's words, and what it refers to. */
  async function resolve(file: WorkflowFile, choices?: ImportChoices) {
    const here = await named();
    const found = new Map<string, NamedReference>();
    const use = (kind: ReferenceKind, name: string, block?: string, own?: string): string => {
      const key = `${kind} ${name}`;
      const known = found.get(key);
      if (known && block !== undefined && !known.blocks.includes(block)) known.blocks.push(block);
      if (known) return known.chosen;
      const place = kind === 'app' ? 'apps' : kind;
      const wished = own ?? ownChoice(choices?.[place], name);
      const chosen = wished ?? here[kind].find((each) => each.name === name)?.id ?? '';
      if (chosen !== '' && !here[kind].some((each) => each.id === chosen))
        throw new AppError('invalid', `This instance has no ${kind} with the id "${chosen}".`, {
          place: `choices.${own === undefined ? place : kind}`,
        });
      found.set(key, {
        ...{ kind, name, chosen, blocks: block === undefined ? [] : [block] },
        choices: here[kind].map((each) => ({ id: each.id, name: each.name })),
      });
      return chosen;
    };
    const of = file.records;
    const records: WorkflowRecords =
      of.kind === 'people'
        ? { kind: 'people' }
        : { kind: 'saas_users', appId: use('app', of.app, undefined, choices?.app) };
    const graph: Graph = translateReferences(file.graph, use, (text, block) =>
      unmarkApps(text, (name) => use('app', name, block)),
    );
    const order = ({ kind, name }: NamedReference): string => `${referenceKinds.indexOf(kind)} ${name}`;
    const list = [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return { graph, records, references: list };
  }

  return {
    async exportFile(workflowId, version) {
      const workflow = await workflows.find(workflowId);
      const { graph, records } = await sideOf(workflow, version);
      const here = await named();
      const nameOf = (kind: ReferenceKind, id: string): string =>
        here[kind].find((each) => each.id === id)?.name ?? '';
      return {
        format: workflowFormat,
        name: workflow.name,
        description: workflow.description,
        records:
          records.kind === 'people'
            ? { kind: 'people' }
            : { kind: 'saas_users', app: nameOf('app', records.appId) },
        graph: inStableOrder(
          withoutSecrets(
            translateReferences(graph, nameOf, (text) => markApps(text, (id) => nameOf('app', id))),
          ),
        ),
      };
    },

    async plan(file, choices) {
      const { graph, records, references: used } = await resolve(file, choices);
      const harmful = findHarmfulBlocks(graph, types, vendors);
      return {
        name: file.name,
        isNameTaken: (await store.list()).some(({ name }) => name === file.name),
        references: used,
        issues: await workflows.checkGraph(graph, records),
        harmful: harmful.map(({ block, name, does, vendorId }) => ({ block, name, does, vendorId })),
      };
    },

    async importFile(file, by, choices) {
      const { graph, records } = await resolve(file, choices);
      if (records.kind === 'saas_users' && records.appId === '') {
        const name = file.records.kind === 'saas_users' ? file.records.app : '';
        throw new AppError(
          'invalid',
          `This instance has no app "${name}". Load its users first, or choose another app.`,
          { place: 'records.app' },
        );
      }
      return workflows.add({ name: file.name, description: file.description, records, graph }, by);
    },
  };
}

const ownChoice = (chosen: Record<string, string> | undefined, name: string): string | undefined =>
  chosen && Object.hasOwn(chosen, name) ? chosen[name] : undefined;

/** Names that tell parts apart even where two of them have the same: the older one keeps it. */
function toLabels<T extends { id: string; name: string }>(
  parts: readonly T[],
): { id: string; name: string }[] {
  const taken = new Set<string>();
  const byId = [...parts].sort((a, b) => (a.id < b.id ? -1 : 1));
  return byId.map(({ id, name }) => {
    let label = name;
    for (let n = 2; taken.has(label); n += 1) label = `${name} (${n})`;
    taken.add(label);
    return { id, name: label };
  });
}
