import type { Field } from '#domain/field';
import type { Issue, WorkflowRecords } from '#domain/workflow';
import type { BlockDefinition, Decision, StepContext } from '#engine/block';
import { toPrepareContext } from '#engine/prepare';

const vendors = { find: () => undefined, list: () => [] };
const noSubject = { person: null, saasUser: null };

/** When tests of single blocks happen. */
export const now = Date.parse('2026-11-21T09:00:00Z');

interface Prepared {
  issues: Issue[];
  defines: string[];
  /** What the block decides with these variables. */
  decide(variables?: Record<string, unknown>, more?: Partial<StepContext>): Decision;
}

/** A block with settings as the editor would save them, ready to be asked. */
export function prepare(
  block: BlockDefinition,
  settings: Record<string, unknown>,
  { fields = [], records = { kind: 'people' } }: { fields?: Field[]; records?: WorkflowRecords } = {},
): Prepared {
  const { context, findings } = toPrepareContext('b', { vendors, fields, records });
  const decide = block.prepare(block.settings.parse(settings), context);
  return {
    issues: findings.issues,
    defines: findings.defines,
    decide: (variables = {}, more = {}) =>
      decide({ now, waitingSince: null, subject: noSubject, names: new Map(), variables, ...more }),
  };
}

/** Messages of the findings, in order. */
export const messages = ({ issues }: Pick<Prepared, 'issues'>): string[] =>
  issues.map(({ message }) => message);
