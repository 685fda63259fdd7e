import type { QueryClient } from '@tanstack/react-query';

/** The first part of every query key: one word per noun, so that a change of a noun renews all that shows it. */
export type Noun =
  | 'session'
  | 'overview'
  | 'people'
  | 'apps'
  | 'fields'
  | 'roles'
  | 'vendors'
  | 'sandbox'
  | 'credentials'
  | 'agents'
  | 'approvals'
  | 'safety'
  | 'operators'
  | 'integrations'
  | 'loads'
  | 'block-types'
  | 'recipes'
  | 'workflows'
  | 'runs'
  | 'notifications';

/** Asks again for everything shown of these nouns. */
export async function renew(client: QueryClient, ...nouns: Noun[]): Promise<void> {
  await Promise.all(nouns.map((noun) => client.invalidateQueries({ queryKey: [noun] })));
}
