import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { imitatedVendors } from '../../server/sandbox/imitated-vendors.ts';

const page = readFileSync(new URL('../../docs/sandboxes.md', import.meta.url), 'utf8');

it.each(imitatedVendors)('the documentation says how to sign in at the sandbox of $title', ({ accessAt }) => {
  const { clientId, clientSecret, token, inputs = {}, authorizeUrl, tokenUrl } = accessAt('');

  const words = [clientId, clientSecret, token, authorizeUrl, tokenUrl, ...Object.values(inputs)];

  for (const word of words.filter((one) => one !== undefined)) expect(page).toContain(`\`${word}\``);
});
