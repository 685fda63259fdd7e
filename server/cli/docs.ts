import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toWorkflowFileJsonSchema } from '#domain/workflow-file';
import { configSchema } from '../config.ts';
import { recipePages } from './recipe-pages.ts';
import { vendorPages } from './vendor-pages.ts';

interface Setting {
  name: string;
  default: string;
  description: string;
}

function settings(): Setting[] {
  return Object.entries(configSchema.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    const value = parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
    return { name, default: value, description: schema.description ?? '' };
  });
}

/** The table of the README. */
export function settingsTable(): string {
  const rows = settings().map((each) => {
    const value = each.default === '' ? '–' : `\`${each.default}\``;
    return `| \`${each.name}\` | ${value} | ${each.description.replaceAll('|', '\\|')} |`;
  });
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

/** The file `.env.example`: every setting with its meaning, switched off. */
export function envExample(): string {
  const parts = settings().map((each) => `# ${each.description}\n# ${each.name}=${each.default}\n`);
  return ['# Copy this file to .env and take away the # before what you set.\n', ...parts].join('\n');
}

/**
 * `docs`: prints the settings for the README, with `--env` as an .env file; or the schema of workflow files. With
 * `--recipes FOLDER` or `--vendors FOLDER` writes the pages about the recipes or the vendors.
 */
export function printSettings(args: string[]): void {
  if (args.includes('--workflow-schema')) {
    process.stdout.write(`${JSON.stringify(toWorkflowFileJsonSchema(), null, 2)}\n`);
    return;
  }
  for (const [option, pages] of [['--recipes', recipePages] as const, ['--vendors', vendorPages] as const]) {
    const folder = args[args.indexOf(option) + 1];
    if (!args.includes(option) || folder === undefined) continue;
    for (const [name, text] of pages()) writeFileSync(join(folder, name), text);
    return;
  }
  process.stdout.write(args.includes('--env') ? envExample() : settingsTable());
}
