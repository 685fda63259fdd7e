import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import { toCanonical } from '../domain/canonical.ts';
import type { Credential } from '../domain/credential.ts';
import { type GlobalValues, globalValueSchema } from '../domain/global-variable.ts';
import type { Graph, Version, Workflow } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';
import type { Approvals } from './approval-ports.ts';
import type { BlockDefinition } from './block.ts';
import type { GlobalsOfGraph } from './global-variable-ports.ts';
import type { Events } from './ports.ts';
import { askingPerson } from './safety.ts';
import { findHarmfulBlocks, type HarmfulBlock, isImitated } from './two-persons.ts';
import type { Vendors } from './vendor-ports.ts';
import type { WorkflowsStore } from './workflow-ports.ts';

export interface ActivationDeps {
  store: Pick<WorkflowsStore, 'activate' | 'versions'>;
  approvals: Pick<Approvals, 'on' | 'request' | 'supersede'>;
  vendors: Vendors;
  types: ReadonlyMap<string, BlockDefinition>;
  credentials(): Promise<readonly Credential[]>;
  /** `host:port` of the vendors that this server imitates. */
  sandboxHosts: ReadonlySet<string>;
  globals: GlobalsOfGraph;
  events: Pick<Events, 'listChanged'>;
}

/** Decides whether a version may be active at once, and asks a second person where it may not. */
export interface Activation {
  /**
   * What a second person has to agree to; empty when nobody has to. Throws `forbidden` where a token would ask.
   */
  judge(graph: Graph, by: Principal): Promise<HarmfulBlock[]>;
  ask(
    workflow: Workflow,
    version: Version,
    revision: number,
    harmful: HarmfulBlock[],
    by: Principal,
  ): Promise<void>;
  /** What waits for this workflow is taken back. */
  supersede(workflowId: string, reason: string): Promise<void>;
}

const activationSubject = z.object({
  workflowId: z.string(),
  versionId: z.string(),
  revision: z.int(),
  /** SHA-256 of the version's graph, of the records that it is for, and of the global variables that it uses. */
  content: z.string(),
  /** Global variables that it uses, as they are agreed to with it. */
  globals: z.record(z.string(), globalValueSchema).default({}),
});

export function createActivation(deps: ActivationDeps): Activation {
  const { store, approvals, vendors, types, events } = deps;

  approvals.on('activation', {
    async moved({ subject }) {
      const { workflowId, versionId, content, globals } = activationSubject.parse(subject);
      const [newest] = await store.versions(workflowId);
      if (newest?.id !== versionId) return 'There is a newer version, or the workflow is gone.';
      if (contentOf(newest, globals) !== content) return 'The version is not what it was.';
      const now = await deps.globals.valuesIn(newest.graph, newest.records);
      return toCanonical(now) === toCanonical(globals) ? null : 'A global variable that it uses was changed.';
    },
    async ended({ status, subject }, use) {
      if (status !== 'approved') return events.listChanged('workflows');
      await store.activate(activationSubject.parse(subject), use);
      events.listChanged('workflows');
    },
  });

  return {
    async judge(graph, by) {
      const harmful = findHarmfulBlocks(graph, types, vendors);
      if (harmful.length === 0 || isImitated(harmful, await deps.credentials(), deps.sandboxHosts)) return [];
      askingPerson(by);
      return harmful;
    },

    async ask({ id: workflowId, name }, version, revision, harmful, by) {
      const globals = await deps.globals.valuesIn(version.graph, version.records);
      await approvals.request({
        kind: 'activation',
        title: `Make version ${version.number} of “${name}” active`,
        subject: {
          ...{ workflowId, name, versionId: version.id, number: version.number, revision },
          ...{ note: version.note, content: contentOf(version, globals), harmful, globals },
        },
        workflowId,
        by,
        authors: version.authors,
        confirmation: `I alone activate ${name}`,
      });
    },

    supersede: (workflowId, reason) => approvals.supersede('activation', workflowId, reason),
  };
}

function contentOf({ graph, records }: Version, globals: GlobalValues): string {
  const used = Object.keys(globals).length > 0 ? { globals } : {};
  return digest('sha256', toCanonical({ graph, records, ...used }));
}
