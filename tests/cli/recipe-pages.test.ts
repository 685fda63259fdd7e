import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recipes } from '#presets';
import { recipePages } from '../../server/cli/recipe-pages.ts';
import { cardsIn, crossings, overlaps, runsThrough, waysIn } from '../support/pictures.ts';

test('docs/recipes has a page and a picture of every recipe as it is', () => {
  const pages = recipePages();

  expect(pages.size).toBe(recipes.length * 2 + 1);
  expect(readdirSync('docs/recipes').sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages)
    expect(
      readFileSync(`docs/recipes/${name}`, 'utf8'),
      'made by `npx rollcall docs --recipes docs/recipes`',
    ).toBe(text);
});

test('a picture shows every block, and an edge for each that the recipe has', () => {
  const pages = recipePages();
  for (const { id, needs, build } of recipes) {
    const parts = { credentialId: 'c', integrationId: 'i', appId: 'a' };
    const { graph } = build(Object.fromEntries(needs.map(({ vendorId }) => [vendorId, parts])));
    const picture = pages.get(`${id}.svg`) ?? '';

    expect(picture.match(/class="card"/g)?.length).toBe(graph.blocks.length);
    expect(picture.match(/<path class="edge/g)?.length).toBe(graph.edges.length);
  }
});

test.each(recipes.map(({ id }) => id))(
  'on the canvas of %s no card covers another, and no edge runs through a card or across another edge',
  (id) => {
    const picture = recipePages().get(`${id}.svg`) ?? '';
    const cards = cardsIn(picture);
    const ways = waysIn(picture);

    expect(cards.length * ways.length).toBeGreaterThan(0);
    expect(overlaps(cards)).toEqual([]);
    expect(ways.flatMap((way) => runsThrough(way, cards))).toEqual([]);
    expect(crossings(ways)).toEqual([]);
  },
);
