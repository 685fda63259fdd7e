/** A user as `GET /users/{userId}` answers it. Source: https://developers.zoom.us/docs/api/users/ */
export interface ZoomUser {
  /** 22 characters. Nobody outside learns it while the invitation is pending. */
  id: string;
  email: string;
  first_name: string;
  last_name: string;
  display_name: string;
  dept: string;
  pmi: number;
  role_id: string;
  status: 'active' | 'inactive' | 'pending';
  timezone: string;
  /** 1 Basic, 2 Licensed, 4 without Meetings Basic, 99 none. */
  type: number;
  /** Missing until the first login; up to three days old. */
  last_login_time?: string;
  last_client_version?: string;
  created_at: string;
  user_created_at: string;
  verified: 0 | 1;
  group_ids: string[];
  im_group_ids: string[];
  job_title: string;
  company: string;
  location: string;
  cost_center: string;
  language: string;
  manager: string;
  phone_numbers: { country: string; code: string; number: string; label: string; verified: boolean }[];
  login_types: number[];
}

const listed = [
  'id',
  'email',
  'first_name',
  'last_name',
  'display_name',
  'dept',
  'pmi',
  'role_id',
  'status',
  'timezone',
  'type',
  'last_login_time',
  'last_client_version',
  'created_at',
  'user_created_at',
  'verified',
  'group_ids',
  'im_group_ids',
] as const satisfies readonly (keyof ZoomUser)[];

/** The user as lists show one; an invitation that is pending has only what was invited with. */
export function toListRow(user: ZoomUser): Partial<ZoomUser> {
  if (user.status === 'pending') {
    const { email, type, role_id, dept, verified, created_at } = user;
    return { email, type, role_id, dept, verified, created_at, status: 'pending' };
  }
  return Object.fromEntries(listed.filter((key) => key in user).map((key) => [key, user[key]]));
}

export interface ZoomRole {
  id: string;
  name: string;
  description: string;
}

export const roleIds = { owner: '0', admin: '1', member: '2', support: 'RbdwHl8hTP2rMkQ1vXe9GA' } as const;

/** Built-in roles have short digits for ids. Source: https://developers.zoom.us/docs/api/accounts/ */
export const roles: readonly ZoomRole[] = [
  { id: roleIds.owner, name: 'Owner', description: 'Account owner has full privileges.' },
  { id: roleIds.admin, name: 'Admin', description: 'Admins have wide range privileges.' },
  { id: roleIds.member, name: 'Member', description: 'Members have access to basic Zoom features.' },
  { id: roleIds.support, name: 'Support desk', description: 'Helps colleagues with their meetings.' },
];

export function roleNameOf(id: string): string {
  return roles.find((role) => role.id === id)?.name ?? '';
}

export function isAdmin({ role_id, status }: ZoomUser): boolean {
  return status === 'active' && (role_id === roleIds.owner || role_id === roleIds.admin);
}
