import type { RunRecord } from '#domain/run';
import type { Graph } from '#domain/workflow';

export const recordHeader = ['Number', 'Record', 'Kind', 'ID', 'Status', 'Path', 'Reason', 'Finished'];

/** Records of a run as lines of a file, in the order of `recordHeader`. */
export async function* toLines(
  pages: AsyncIterable<RunRecord[]>,
  { blocks }: Graph,
): AsyncGenerator<unknown[][]> {
  const names = new Map(blocks.map(({ id, name }) => [id, name]));
  for await (const page of pages) yield page.map((record) => toLine(record, names));
}

const kinds = { person: 'Person', saas_user: 'SaaS user' };

function toLine(record: RunRecord, names: ReadonlyMap<string, string>): unknown[] {
  const { n, label, recordType, recordId, status, path, error, waits, finishedAt } = record;
  const taken = path.map(({ block, exit }) => {
    const name = names.get(block) ?? block;
    return exit === null ? name : `${name} (${exit})`;
  });
  const reason = error ?? waits?.held?.sentence ?? (waits?.until ? `Waits until ${waits.until}` : '');
  return [
    n,
    label,
    kinds[recordType],
    recordId,
    status.replaceAll('_', ' '),
    taken.join(' > '),
    reason,
    finishedAt,
  ];
}
