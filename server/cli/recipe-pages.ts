import { blocks } from '#blocks/index';
import type { Recipe } from '#domain/recipe';
import { toBlockType } from '#engine/block';
import { recipes, vendors } from '#presets';
import { toPicture } from './recipe-picture.ts';

/** The pages about the recipes, by the name of their file: a list, and for each one a page with a picture. */
export function recipePages(): Map<string, string> {
  const types = new Map(blocks.map((block) => [block.type, toBlockType(block)]));
  const pages = new Map<string, string>();
  for (const recipe of recipes) {
    const { graph } = build(recipe);
    pages.set(`${recipe.id}.svg`, toPicture(`The canvas of ${recipe.title}`, graph, types));
    pages.set(`${recipe.id}.md`, toPage(recipe));
  }
  pages.set('README.md', toList());
  return pages;
}

/** As an instance draws it that has everything. */
function build({ needs, build: draw }: Recipe) {
  const parts = { credentialId: 'credential', integrationId: 'integration', appId: 'app' };
  return draw(Object.fromEntries(needs.map(({ vendorId }) => [vendorId, parts])));
}

const made = 'Made by `npx rollcall docs --recipes docs/recipes`; do not edit it by hand.';

function toList(): string {
  const rows = recipes.map(({ id, title, summary }) => `| [${title}](${id}.md) | ${summary} |`);
  return [
    '# Recipes',
    '',
    'Workflows that are drawn already: choose one under *New workflow*, look at it, change what you like, try it by *Dry run*, and launch it.',
    '',
    '| Recipe | What it does |',
    '|---|---|',
    ...rows,
    '',
    made,
    '',
  ].join('\n');
}

const partWords = {
  credentialId: (title: string) => `an authenticated ${title} credential`,
  integrationId: (title: string) => `a launched ${title} integration`,
  appId: (title: string) => `a load of ${title} users with *User plus SaaS user*`,
};

function toPage(recipe: Recipe): string {
  const { id, title, summary, needs, isOneEnough, fields = [], records } = recipe;
  const { graph } = build(recipe);
  const titleOf = (vendorId: string) => vendors.find((vendor) => vendor.id === vendorId)?.title ?? vendorId;
  const needed = [
    ...needs.flatMap(({ vendorId, parts }) => parts.map((part) => partWords[part](titleOf(vendorId)))),
    ...fields.map(({ label, externalId }) => `the field *${label}* (\`${externalId}\`)`),
  ];
  const calls = graph.blocks.filter(({ type }) => type === 'api').map(({ name }) => name);
  return [
    `# ${title}`,
    '',
    summary,
    '',
    `[![The canvas of ${title}](${id}.svg)](${id}.svg)`,
    '',
    '## What it needs',
    '',
    ...(isOneEnough
      ? ['One of the credentials is enough; the recipe does its work where there is one.', '']
      : []),
    ...needed.map((words) => `- ${words}`),
    '',
    '## What to know',
    '',
    `- It runs over ${records === 'people' ? 'people' : 'the SaaS users of the app'}, and is made as a draft: nothing starts before you launch it.`,
    calls.length > 0
      ? `- At the vendors it calls: ${calls.join(', ')}. A dry run shows whom these calls would meet, and what they would change.`
      : '- It changes nothing at the vendor.',
    '',
    made,
    '',
  ].join('\n');
}
