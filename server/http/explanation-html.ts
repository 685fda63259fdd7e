import { isHarmful } from '#domain/effect';
import type { ExplainedEffect, Explanation } from '#domain/explanation';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (value: unknown): string => String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

const css = `:root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.5 system-ui,sans-serif}
article{margin:1.5rem 0;padding:1rem 1.25rem;border:1px solid #8884;border-radius:10px}article[data-harm]{border-left:4px solid #cf3a34}
h1{font-size:1.5rem}h2{margin:0 0 .5rem;font-size:1.1rem}h3{margin:1rem 0 .25rem;font-size:.95rem}dl{display:grid;grid-template-columns:12rem 1fr;gap:.15rem 1rem;margin:0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}pre{overflow:auto;padding:.6rem;border:1px solid #8883;border-radius:6px;font-size:12px}ol{margin:0;padding-left:1.4rem}`;

/** An explanation as one file that needs nothing else: no script, no picture, no address to load from. */
export function toExplanationHtml({ about, madeAt, effects }: Explanation): string {
  const title = `What happened to ${about.name}`;
  const list =
    effects.length === 0 ? '<p>Nothing was done to these accounts.</p>' : effects.map(article).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><style>${css}</style></head><body><h1>${safe(title)}</h1><p>${safe(about.email)} · ${effects.length} ${effects.length === 1 ? 'effect' : 'effects'} · made ${safe(madeAt)} by Rollcall</p>${list}</body></html>`;
}

function article(effect: ExplainedEffect): string {
  const { target, run, version, reading } = effect;
  const facts: [string, unknown][] = [
    ['When', effect.at],
    ['What', `${effect.does} at ${effect.vendorId || 'a vendor of its own'}: ${effect.status}`],
    ['Account', target ? `${target.email} (${target.id})` : 'not named'],
    ['Workflow', `${run.workflowName}, version ${run.versionNumber}`],
    ['Version made by', version ? `${version.author}, ${version.launchedAt}` : 'not known any more'],
    ['Run', `${run.id}, started by ${run.startedBy}, ${run.startedAt}`],
    ...Object.entries(run.globals).map(([name, value]): [string, unknown] => [
      `Global variable ${name}`,
      value,
    ]),
    ['Block', effect.block],
    ['Undo', effect.undoUntil === null ? effect.undo.kind : `until ${effect.undoUntil}`],
    ['Account looked at', reading ? `${reading.at}, ${ageWords(reading.ageMs)}` : 'no'],
    ...(effect.note === null ? [] : [['Note', effect.note] as [string, unknown]]),
    ...(effect.error === null ? [] : [['Error', effect.error] as [string, unknown]]),
  ];
  const way = effect.way.map(
    (step) =>
      `<li>${safe([step.at, step.block, step.exit ?? '', step.condition ?? '', step.note ?? '', step.error ?? ''].filter((part) => part !== '').join(' · '))}</li>`,
  );
  const agreed = effect.approvals.map(
    ({ title, requestedBy, status, decidedBy, decidedAt, reason }) =>
      `<li>${safe([title, `asked by ${requestedBy}`, `${status} by ${decidedBy ?? 'nobody'}`, decidedAt ?? '', reason].filter((part) => part !== '').join(' · '))}</li>`,
  );
  const harm = effect.does !== 'unknown' && isHarmful(effect.does);
  return `<article${harm ? ' data-harm' : ''}><h2>${safe(effect.block)}</h2><dl>${facts.map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`).join('')}</dl>${part('Way to it', way.length === 0 ? '' : `<ol>${way.join('')}</ol>`)}${part('Agreed to', agreed.length === 0 ? '' : `<ol>${agreed.join('')}</ol>`)}${json('Account before', reading?.answer?.body)}${json('Sent', effect.request)}${json('Came back', effect.answer)}</article>`;
}

const ageWords = (ms: number): string =>
  ms < 1000 ? 'just before the call' : `${Math.round(ms / 1000)} s before the step`;

const part = (title: string, html: string): string => (html === '' ? '' : `<h3>${title}</h3>${html}`);

const json = (title: string, value: unknown): string =>
  value === undefined || value === null
    ? ''
    : part(title, `<pre>${safe(JSON.stringify(value, null, 2))}</pre>`);
