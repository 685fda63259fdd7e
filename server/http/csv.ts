import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { toCsvLine } from '#domain/csv';

/** Answers with a file that is written as it is read, page by page. It starts with a mark that it is UTF-8. */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly unknown[])[]>,
): FastifyReply {
  async function* lines() {
    yield `\uFEFF${toCsvLine(header)}`;
    for await (const page of pages) {
      yield page.map((line) => toCsvLine(line.map(toCell))).join('');
      // Others are served between two pages.
      await setImmediate();
    }
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(lines()));
}

function toCell(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'string') return value;
  const isPlainList = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
  return isPlainList ? value.join('; ') : JSON.stringify(value);
}
