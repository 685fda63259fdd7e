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
  /** See what waits for a yes, and what was agreed to. */
  'approvals.read',
  /** Agree to what somebody else asks for. */
  'approvals.decide',
  'guard.read',
  /** Press Stop. */
  'guard.stop',
  /** Limits, protections and freezes; releasing what was stopped. */
  'guard.write',
  'operators.read',
  'operators.write',
] as const;
export type Right = (typeof rights)[number];

/** An approver looks at everything, agrees, and can pull the brake; and does nothing else. */
export const roles = ['viewer', 'operator', 'author', 'approver', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

const reads = rights.filter((right) => right.endsWith('.read'));
const operates: Right[] = [...reads, 'loads.start', 'runs.start', 'records.write', 'guard.stop'];
const authors: Right[] = [...operates, 'workflows.write', 'integrations.write'];

/** The one table of who may do what; the server, the tests and the web read it. */
export const rightsOf: Record<Role, readonly Right[]> = {
  viewer: reads,
  operator: operates,
  author: authors,
  approver: [...reads, 'approvals.decide', 'guard.stop'],
  admin: rights,
  owner: rights,
};
