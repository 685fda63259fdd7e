import { describe, expect, test } from 'vitest';
import type { Issue, Workflow } from '#contract';
import { findProblems } from '../../server/cli/check.ts';
import { buildTestApp } from '../support/build-app.ts';
import { fileCases, goodFile } from '../support/hostile-workflow-files.ts';

/** Longer than any file of at most a megabyte may take, on a machine that does something else, too. */
const longestMs = 2_000;

describe(`${fileCases.length} files that somebody may send`, () => {
  test('are refused with a sentence, or kept as drafts that nothing runs; the server answers on', async () => {
    expect(fileCases.length).toBeGreaterThanOrEqual(150);
    expect(new Set(fileCases.map(({ text }) => text)).size).toBe(fileCases.length);
    const app = await buildTestApp();
    const token = await app.token('admin');
    const seen: string[] = [];
    for (const { title, text, becomes } of fileCases) {
      for (const path of ['/workflows/import-plan', '/workflows/import']) {
        const from = performance.now();
        const reply = await app.http.inject({
          method: 'POST',
          url: `/api/v1${path}`,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          payload: text,
        });
        const took = performance.now() - from;
        const wasMade = reply.statusCode < 300;
        // A plan says of an app that is not there that it has to be chosen.
        const isPlanned = path.endsWith('plan') && /^an app /.test(title);
        if (wasMade !== (becomes === 'draft') && !isPlanned)
          seen.push(`${title}: ${path} answered ${reply.statusCode} ${reply.body.slice(0, 200)}`);
        if (reply.statusCode >= 500 || took > longestMs)
          seen.push(`${title}: ${path} answered ${reply.statusCode} in ${Math.round(took)} ms`);
        if (!wasMade && !/^[^\n]{10,}/.test(reply.json<{ detail?: string }>().detail ?? ''))
          seen.push(`${title}: no sentence in ${reply.body.slice(0, 200)}`);
        if (wasMade && path.endsWith('import')) {
          const { id, activeVersion } = reply.json<Workflow>();
          if (activeVersion !== null) seen.push(`${title}: it is active`);
          const checked = await app.send('GET', `/workflows/${id}/validation`, { token });
          const exported = await app.send('GET', `/workflows/${id}/export`, { token });
          const compared = await app.send('GET', `/workflows/${id}/difference?from=draft`, { token });
          const variables = await app.send('GET', `/workflows/${id}/variables`, { token });
          const codes = [checked, exported, compared, variables].map((answer) => answer.statusCode);
          if (codes.some((code) => code !== 200)) seen.push(`${title}: afterwards ${codes.join(' ')}`);
          const isGood = checked.json<{ issues: Issue[] }>().issues.every((one) => one.severity !== 'error');
          const launched = await app.send('PUT', `/workflows/${id}/activation`, {
            token,
            body: { revision: 1 },
          });
          if (launched.statusCode >= 500 || launched.statusCode < 300 !== isGood)
            seen.push(`${title}: launching answered ${launched.statusCode}`);
        }
      }
    }

    expect(seen).toEqual([]);
    expect(({} as Record<string, unknown>).days).toBeUndefined();
    const list = await app.send('GET', '/workflows', { token });
    expect(list.statusCode).toBe(200);
    expect(list.json<{ items: unknown[] }>().items.length).toBe(
      fileCases.filter(({ becomes }) => becomes === 'draft').length,
    );
    const runs = app.database.$client.prepare('SELECT count(*) AS n FROM runs').get();
    expect(runs).toEqual({ n: 0 });
  }, 60_000);

  test('are told of by `rollcall check` without a crash', () => {
    for (const { text } of fileCases) expect(Array.isArray(findProblems(text))).toBe(true);
    expect(findProblems(JSON.stringify(goodFile))).toEqual([]);
  });
});
