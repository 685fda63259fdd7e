/** A user as Planhat keeps one; `roles` are ids. Source: https://docs.planhat.com/#users */
export interface PlanhatUser {
  /** 24 hexadecimal characters. */
  _id: string;
  email: string;
  nickName: string;
  firstName: string;
  lastName: string;
  roles: string[];
  externalId?: string;
  inactive: boolean;
  isHidden: boolean;
  createDate: string;
  createdAt: string;
  updatedAt: string;
  tzOffset?: number;
  managers: string[];
  teams: string[];
  custom: Record<string, unknown>;
  poc: string[];
  removed: boolean;
  __v: number;
  /** Not on every user: no documentation names these three. */
  isAdmin?: boolean;
  isDeveloper?: boolean;
  type?: string;
}

export interface PlanhatRole {
  _id: string;
  name: string;
  description: string;
  permissions: Record<string, unknown>;
  __v: number;
}

export const roleIds = {
  administrator: '000000000000000000000000',
  manager: '000000020000000000000000',
  developer: '000000030000000000000000',
} as const;

function role(_id: string, name: string, description: string): PlanhatRole {
  return { _id, name, description, permissions: {}, __v: 0 };
}

const roles: readonly PlanhatRole[] = [
  role(roleIds.administrator, 'Administrator', 'May do everything'),
  role(roleIds.manager, 'Manager', 'May see and change customers'),
  role(roleIds.developer, 'Developer', 'May use the API'),
];

export function isRole(id: string): boolean {
  return roles.some(({ _id }) => _id === id);
}

/** The user as lists and updates show one: roles are whole objects. Elsewhere they are ids. */
export function withRoles(user: PlanhatUser) {
  return { ...user, roles: roles.filter(({ _id }) => user.roles.includes(_id)) };
}
