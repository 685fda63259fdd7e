import { isHarmful, type PresetEffect } from '#domain/effect';
import type { AuthMethod, Preset, Vendor } from '#domain/vendor';
import { vendors } from '#presets';

/** The pages about the vendors, by the name of their file: a list, and for each one a page made from its definition. */
export function vendorPages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const vendor of vendors) pages.set(`${vendor.id}.md`, toPage(vendor));
  pages.set('README.md', toList());
  return pages;
}

const made = 'Made by `npx rollcall docs --vendors docs/vendors`; do not edit it by hand.';

function toList(): string {
  const rows = vendors.map((vendor) => {
    const { id, title, summary, load, presets } = vendor;
    return `| [${title}](${id}.md) | ${summary} | ${load.fields.length} | ${presets.length} and *${vendor.userRole.title}* |`;
  });
  return page(
    '# Vendors',
    'What is built in. Others can be added from a file: [vendors of your own](../own-vendors.md).',
    table(['Vendor', 'What it is', 'Fields', 'Presets'], rows),
  );
}

function toPage(vendor: Vendor): string {
  const { title, summary, docs, baseUrl, baseUrlInput, pace, load, userRole, presets } = vendor;
  const address = baseUrlInput
    ? `${baseUrlInput.hint} Each customer has an address of their own, such as \`${baseUrlInput.placeholder}\`.`
    : `\`${baseUrl}\`, unless a credential says otherwise.`;
  const asked = load.inputs.map(({ label, hint }) => `- **${label}**: ${hint}`);
  return page(
    `# ${title}`,
    `${summary} [Documentation of ${title}](${docs}).`,
    '## Signing in',
    `Address: ${address}`,
    vendor.auth.map(toWay).join('\n'),
    ...(pace ? [`It says how fast it may be called: ${paceWords(pace)} ([source](${pace.docs})).`] : []),
    '## User load',
    `Reads [the list](${load.docs}) ${passWords(load)}. The account is known by the field *${labelOf(vendor, load.identifier)}*.`,
    ...(asked.length > 0 ? [asked.join('\n')] : []),
    table(['Field', 'Type', 'Where it stands in the answer'], load.fields.map(toFieldRow)),
    `## ${userRole.title}`,
    `${userRole.summary} [Source](${userRole.docs}). ${scopeWords(userRole.scopes)}`,
    '## Presets',
    table(['Preset', 'What it does', 'Request', 'Asks for', 'Scopes'], presets.map(toPresetRow)),
  );
}

const page = (...parts: string[]): string => `${[...parts, made].join('\n\n')}\n`;

const table = (head: readonly string[], rows: readonly string[]): string =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');

const wayNames: Record<AuthMethod['kind'], string> = {
  oauth2: 'OAuth 2.0 with a login',
  'client-credentials': 'OAuth 2.0 client credentials',
  'account-credentials': 'Server-to-server OAuth',
  bearer: 'An access token',
  'api-key': 'An API key',
  basic: 'A user name with a password',
};

function toWay(method: AuthMethod): string {
  const scopes = 'scopes' in method ? method.scopes : [];
  const lines = scopes.map(({ name, why }) => `  - \`${name}\`: ${why}`);
  return [`- [${wayNames[method.kind]}](${method.docs})`, ...lines].join('\n');
}

function paceWords({ perSecond, atOnce }: NonNullable<Vendor['pace']>): string {
  const words = [
    ...(perSecond ? [`${perSecond} calls a second`] : []),
    ...(atOnce ? [`${atOnce} calls at once`] : []),
  ];
  return words.join(', ');
}

function passWords({ passes, pagination }: Vendor['load']): string {
  const size = 'size' in pagination ? `in pages of up to ${pagination.size}` : 'in one answer';
  const titles = passes.map(({ title }) => title).filter((title) => title !== '');
  return titles.length > 0 ? `${size}, once each for ${titles.join(', ')}` : size;
}

const labelOf = ({ load }: Vendor, key: string): string =>
  load.fields.find((field) => field.key === key)?.label ?? key;

function toFieldRow({ label, type, path, made: makes }: Vendor['load']['fields'][number]): string {
  return `| ${label} | ${type} | ${makes ? 'made by Rollcall' : `\`${path}\``} |`;
}

function toPresetRow({ title, summary, docs, request, inputs, scopes, effect }: Preset): string {
  const asked = inputs.map(({ label }) => label).join(', ');
  const call = `\`${request.method} ${request.path}\``;
  const cells = [
    `[${title}](${docs})`,
    `${summary} ${undoWords(effect)}`.trim(),
    call,
    asked === '' ? '–' : asked,
    scopes.length === 0 ? '–' : scopes.map((scope) => `\`${scope}\``).join(' '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** How far it can be taken back, where it takes something from somebody. */
function undoWords(effect: PresetEffect): string {
  if (effect.does === 'read' || !isHarmful(effect.does)) return '';
  const { undo } = effect;
  if (undo.kind === 'permanent') return '**Permanent.**';
  if (undo.kind === 'recoverable') return `**Recoverable for ${undo.days} days.**`;
  return '**Can be taken back.**';
}

const scopeWords = (scopes: readonly string[]): string =>
  scopes.length === 0 ? '' : `Needs ${scopes.map((scope) => `\`${scope}\``).join(' ')}.`;
