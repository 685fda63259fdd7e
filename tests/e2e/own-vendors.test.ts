import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

const example = readFileSync('docs/examples/acme-desk.json', 'utf8');

let stage: Stage;
let seen: Visit;
let write: (text: string) => void;

beforeAll(async () => {
  stage = await openStage();
  mkdirSync(join(stage.data, 'vendors'), { recursive: true });
  write = (text) => writeFileSync(join(stage.data, 'vendors', 'acme-desk.json'), text);
  await ownerOf(stage);
  seen = await visitSignedIn(stage, { reducedMotion: 'reduce' });
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp) => seen.page.getByRole('button', { name, exact: true });

it('says where a file is wrong, and offers nothing of it', async () => {
  const { page } = seen;
  write(example.replace('"class": "destructive"', '"class": "read"'));
  await page.goto(`${stage.server.url}/vendors`);

  await button('Read the folder again').click();

  const file = page.getByRole('listitem').filter({ hasText: 'presets.delete-agent.class' }).first();
  await file.getByText(/a DELETE counts as destructive/).waitFor();
  await seen.shoot('own-vendor-refused');
  await page.goto(`${stage.server.url}/credentials/new`);
  await button('Choose Webex').waitFor();
  expect(await button('Choose Acme Desk').count()).toBe(0);
});

it('offers the vendor with everything once the file is right', async () => {
  const { page } = seen;
  write(example);
  await page.goto(`${stage.server.url}/vendors`);
  await button('Read the folder again').click();
  await page.getByRole('table').getByText('Acme Desk', { exact: true }).waitFor();

  await page.goto(`${stage.server.url}/credentials/new`);
  await button('Choose Acme Desk').click();
  await page.getByLabel(/token/i).first().waitFor();
  await page.goto(`${stage.server.url}/integrations`);
  await button('New integration').first().click();
  await button('Add Acme Desk').waitFor();

  expect(seen.complaints).toEqual([]);
});
