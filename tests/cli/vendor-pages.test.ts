import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { vendors } from '#presets';
import { vendorPages } from '../../server/cli/vendor-pages.ts';

test('docs/vendors has a page of every vendor as it is', () => {
  const pages = vendorPages();

  expect([...pages.keys()].sort()).toEqual(['README.md', ...vendors.map(({ id }) => `${id}.md`)].sort());
  expect(readdirSync('docs/vendors').sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages)
    expect(
      readFileSync(`docs/vendors/${name}`, 'utf8'),
      'made by `npx rollcall docs --vendors docs/vendors`',
    ).toBe(text);
});

test.each(vendors.map((vendor) => [vendor.title, vendor] as const))(
  'the page of %s names every field, scope and preset with its source',
  (_, vendor) => {
    const text = vendorPages().get(`${vendor.id}.md`) ?? '';

    for (const { label } of vendor.load.fields) expect(text).toContain(`| ${label} |`);
    for (const { title, docs, scopes } of vendor.presets) {
      const row = text.split('\n').find((line) => line.startsWith(`| [${title}](${docs})`));
      for (const scope of scopes) expect(row).toContain(`\`${scope}\``);
    }
    expect(text).toContain(vendor.userRole.docs);
  },
);
