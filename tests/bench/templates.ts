import { parseJsonTemplate, renderJsonTemplate } from '../../server/engine/json-template.ts';
import { templateCorpus } from '../support/template-corpus.ts';

/** How fast templates are filled in, and the longest that any hostile one takes. */
export interface TemplatesResult {
  /** Renders of a JSON body of 2 KB with 20 variables, written out as text, on one core. */
  rendersPerSecond: number;
  bodyBytes: number;
  attacks: number;
  /** Attacks that did not end as they must. */
  broken: number;
  /** Parsing and rendering, in time of the processor; the best of three each. A busy machine says nothing about the code. */
  longestMs: number;
}

const measuredMs = 2_000;
const longestAllowedMs = 50;

/** Whether the figures are those that are promised. */
export const isAsPromised = (result: TemplatesResult): boolean =>
  result.rendersPerSecond >= 10_000 && result.broken === 0 && result.longestMs <= longestAllowedMs;

/** Renders one body for two seconds, and tries every attack of the corpus. */
export function benchTemplates(): TemplatesResult {
  const names = Array.from({ length: 20 }, (_, index) => `variable_${index}`);
  const values = Object.fromEntries(names.map((name) => [name, `O'Brien & "${name}"`]));
  const fields = names.map((name) => `"${name}":"${'x'.repeat(70)} {{${name}}}"`);
  const template = parseJsonTemplate(`{${fields.join(',')}}`);
  const render = (): string => JSON.stringify(renderJsonTemplate(template, values, { strict: true }));

  for (let warm = 0; warm < 2_000; warm += 1) render();
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < measuredMs) {
    for (let more = 0; more < 100; more += 1) render();
    count += 100;
  }
  const seconds = (performance.now() - start) / 1_000;

  const tried = templateCorpus.map((one) => ({
    one,
    wrong: one.broken(),
    ms: fastestMs(() => one.broken()),
  }));
  const worst = tried.toSorted((a, b) => b.ms - a.ms);
  for (const { one, ms } of worst.slice(0, 3))
    console.log(`${ms.toFixed(1)} ms: ${one.kind}, ${one.name.slice(0, 60)}`);
  for (const { one, wrong } of tried)
    if (wrong !== null) console.log(`broken: ${one.kind}, ${one.name}: ${wrong}`);
  return {
    rendersPerSecond: count / seconds,
    bodyBytes: render().length,
    attacks: tried.length,
    broken: tried.filter(({ wrong }) => wrong !== null).length,
    longestMs: worst[0]?.ms ?? 0,
  };
}

function fastestMs(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}
