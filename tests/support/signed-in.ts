import type { BrowserContextOptions } from 'playwright-core';
import { type Stage, type Visit, visit } from './browser.ts';
import { owner } from './story.ts';

/** A new window in which Ada, the owner, has signed in. */
export async function visitSignedIn(stage: Stage, options: BrowserContextOptions = {}): Promise<Visit> {
  const seen = await visit(stage.browser, options);
  const { page } = seen;
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  return seen;
}
