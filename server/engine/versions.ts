import type { BlockType } from '../domain/block-type.ts';
import { type DifferenceNames, describeDifference } from '../domain/difference-words.ts';
import { builtInFields } from '../domain/field.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { RecordStore } from './subject-ports.ts';
import type { Vendors } from './vendor-ports.ts';
import type { ComparedGraph, Side, VersionService } from './version-ports.ts';
import type { References, WorkflowService } from './workflow-ports.ts';

export interface VersionsDeps {
  workflows: Pick<WorkflowService, 'find' | 'versions' | 'version' | 'saveDraft' | 'add' | 'hands'>;
  blockTypes: readonly BlockType[];
  references: Pick<References, 'credentials' | 'integrations'>;
  records: Pick<RecordStore, 'fields'>;
  vendors: Vendors;
}

const longestName = 120;

/** Lists, compares, restores and copies versions. */
export function createVersions(deps: VersionsDeps): VersionService {
  const { workflows } = deps;
  const types = new Map(deps.blockTypes.map((type) => [type.type, type]));

  async function graphOf(workflow: Workflow, side: Side): Promise<ComparedGraph> {
    if (side === 'draft') return { number: null, graph: workflow.draft };
    const { number, graph } = await workflows.version(workflow.id, side);
    return { number, graph };
  }

  async function names(): Promise<DifferenceNames> {
    const [credentials, integrations, fields] = await Promise.all([
      deps.references.credentials(),
      deps.references.integrations(),
      deps.records.fields(),
    ]);
    const labels = new Map([...builtInFields, ...fields].map((field) => [field.externalId, field.label]));
    const byId = {
      credential: new Map(credentials.map(({ id, name }) => [id, name])),
      integration: new Map(integrations.map(({ id, name }) => [id, name])),
    };
    return {
      types,
      nameOf(kind, id) {
        if (kind === 'vendor') return deps.vendors.find(id)?.title;
        if (kind === 'field') return labels.get(id.replace(/^(person|saas_user)\./, ''));
        return byId[kind].get(id);
      },
    };
  }

  return {
    async list(workflowId) {
      const { activeVersion, pendingApproval } = await workflows.find(workflowId);
      return (await workflows.versions(workflowId)).map((version) => {
        if (version.id === activeVersion?.id) return { ...version, state: 'active' };
        return { ...version, state: version.number === pendingApproval?.versionNumber ? 'waiting' : 'past' };
      });
    },

    find: (workflowId, number) => workflows.version(workflowId, number),

    async difference(workflowId, from, to) {
      const workflow = await workflows.find(workflowId);
      const [before, after] = await Promise.all([graphOf(workflow, from), graphOf(workflow, to)]);
      return { from: before, to: after, ...describeDifference(before.graph, after.graph, await names()) };
    },

    async restore(workflowId, number, revision, by) {
      const { graph, authors } = await workflows.version(workflowId, number);
      return workflows.saveDraft(workflowId, revision, graph, by, authors);
    },

    async copy(workflowId, { name, version }, by) {
      const workflow = await workflows.find(workflowId);
      const source = version === undefined ? undefined : await workflows.version(workflowId, version);
      return workflows.add(
        {
          name: name ?? toCopyName(workflow.name),
          description: workflow.description,
          records: source?.records ?? workflow.records,
          graph: source?.graph ?? workflow.draft,
        },
        by,
        source?.authors ?? (await workflows.hands(workflowId)),
      );
    },
  };
}

const toCopyName = (name: string): string => `Copy of ${name}`.slice(0, longestName);
