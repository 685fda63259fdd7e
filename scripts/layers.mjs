// Who may import whom. Prints each import that goes against the direction, and fails when there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { root } from './runtime.mjs';

/** Folders that a folder may import from, besides itself and packages. */
const allowed = {
  'server/domain': [],
  'server/contract': ['server/domain'],
  'server/engine': ['server/domain'],
  'server/blocks': ['server/engine', 'server/domain'],
  presets: ['server/domain'],
  // Asks what a run would do, so it knows how a run does it; which vendor, and who answers, it is told.
  'server/conformance': ['server/blocks', 'server/engine', 'server/domain'],
  'server/store': ['server/domain', 'server/engine'],
  'server/vendors': ['server/domain', 'server/engine'],
  'server/mail': ['server/domain', 'server/engine'],
  'server/http': ['server/contract', 'server/domain', 'server/engine'],
  // A program of its own near the secrets: it puts itself together, as `app.ts` does the server.
  'server/agent': [
    'server/contract',
    'server/domain',
    'server/engine',
    'server/store',
    'server/vendors',
    'presets',
  ],
  'server/sandbox': [],
  // What a problem says in words is all that the common parts know of the server.
  'web/ui': ['server/contract', 'web/api/problem.ts'],
  'web/api': ['server/contract'],
  // The catalogue is data that the editor puts around its forms.
  'web/fields': ['server/contract', 'web/api', 'web/ui', 'web/editor/catalogue.ts'],
};

/** Packages that only these folders may import. */
const packages = {
  'drizzle-orm': ['server/store'],
  'better-sqlite3': ['server/store'],
  undici: ['server/vendors'],
  'openid-client': ['server/vendors'],
  nodemailer: ['server/mail'],
  handlebars: ['server/engine'],
  fastify: ['server/http', 'server/sandbox'],
};

/** Files of the engine that doors and adapters may know: interfaces, and no behaviour. */
const isPort = (file) => /(^|-)(ports?|service)\.ts$/.test(file);
const needsPorts = new Set(['server/store', 'server/vendors', 'server/mail', 'server/http']);

const aliases = [
  [/^#contract$/, 'server/contract/index.ts'],
  [/^#presets$/, 'presets/index.ts'],
  [/^#(domain|engine|blocks)\/(.+)$/, 'server/$1/$2.ts'],
];

/**
 * The imports that go against the direction, as `from → to: why`.
 * @param {Iterable<{ file: string, text: string }>} files paths from the root, with `/`
 */
export function findOffences(files) {
  const offences = [];
  for (const { file, text } of files) {
    const from = layerOf(file);
    for (const { target, isType } of importsOf(text)) {
      const why = offence(file, from, target, isType);
      if (why !== null) offences.push(`${file} → ${target}: ${why}`);
    }
  }
  return offences;
}

function offence(file, from, target, isType) {
  const path = pathOf(file, target);
  if (path === null) return packageOffence(from, target);
  const to = layerOf(path);
  if (to === from) return null;
  if (from?.startsWith('web') || file.startsWith('web/')) {
    if (path.startsWith('server/') && to !== 'server/contract') return 'the web knows the contract only';
  }
  const may = from && allowed[from];
  if (!may) return null;
  // A type costs nothing at run time and makes nobody depend on behaviour.
  const isSettings = path === 'server/config.ts' && isType;
  if (isSettings) return null;
  if (!may.some((each) => path === each || path.startsWith(`${each}/`)))
    return `${from} may not import ${to ?? path}`;
  if (needsPorts.has(from) && to === 'server/engine' && !isType && !isPort(path)) {
    return `${from} may know the engine's interfaces only`;
  }
  return null;
}

function packageOffence(from, target) {
  const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
  if (from === 'server/domain' && target.startsWith('node:')) return 'the domain does no input or output';
  const may = packages[name];
  if (!may || from === null || may.includes(from)) return null;
  return `only ${may.join(' and ')} may import ${name}`;
}

/** The path of an import from the root; null for a package. */
function pathOf(file, target) {
  for (const [pattern, place] of aliases) if (pattern.test(target)) return target.replace(pattern, place);
  if (!target.startsWith('.')) return null;
  return relative(root, resolve(root, dirname(file), target))
    .split(sep)
    .join('/');
}

function layerOf(path) {
  return Object.keys(allowed).find((layer) => path.startsWith(`${layer}/`)) ?? null;
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function* importsOf(text) {
  for (const [, type, target, lazy] of text.matchAll(importPattern)) {
    yield { target: target ?? lazy, isType: type !== undefined };
  }
}

function* readSources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* readSources(file);
    else if (/\.tsx?$/.test(entry.name)) yield { file, text: readFileSync(join(root, file), 'utf8') };
  }
}

if (process.argv[1]?.endsWith('layers.mjs')) {
  const offences = ['server', 'presets', 'web'].flatMap((folder) => findOffences(readSources(folder)));
  for (const line of offences) console.error(line);
  if (offences.length > 0) process.exitCode = 1;
}
