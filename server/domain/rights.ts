/** What a route may ask for. */
export const rights = [
  'records.read',
  'records.write',
  'credentials.read',
  'credentials.write',
  'integrations.read',
  'integrations.write',
  'loads.start',
  'workflows.read',
  'workflows.write',
  'workflows.launch',
  'runs.read',
  'runs.start',
  'runs.settle',
  'settings.read',
] as const;
export type Right = (typeof rights)[number];

export const roles = ['viewer', 'operator', 'author', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

const reads = rights.filter((right) => right.endsWith('.read'));
const operates: Right[] = [...reads, 'loads.start', 'runs.start', 'records.write'];
const authors: Right[] = [...operates, 'workflows.write', 'integrations.write'];

/** The one table of who may do what; the server, the tests and the web read it. */
export const rightsOf: Record<Role, readonly Right[]> = {
  viewer: reads,
  operator: operates,
  author: authors,
  admin: rights,
  owner: rights,
};
