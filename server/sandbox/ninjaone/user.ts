export const userTypes = ['TECHNICIAN', 'END_USER'] as const;

/** A technician or an end user with all that any answer shows. Source: https://app.ninjarmm.com/apidocs/ */
export interface NinjaUser {
  id: number;
  uid: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  enabled: boolean;
  administrator: boolean;
  permitAllClients: boolean;
  notifyAllClients: boolean;
  mustChangePw: boolean;
  mfaConfigured: boolean;
  userType: (typeof userTypes)[number];
  invitationStatus: 'REGISTERED' | 'PENDING' | 'EXPIRED';
  /** Null for technicians. */
  organizationId: number | null;
  deviceIds: number[];
  assignedDeviceIds: number[];
  roles: string[];
  fullPortalAccess: boolean;
  scimUser: boolean;
  authType: 'NATIVE' | 'SSO';
}

/** The row of `/v2/users`; the names of roles come only when asked for. */
export function toListRow(user: NinjaUser, hasRoles: boolean) {
  const { fullPortalAccess: _portal, scimUser: _scim, authType: _auth, ...row } = user;
  return { ...row, roles: hasRoles ? row.roles : [], tags: null, fields: null };
}

export function toTechnician(user: NinjaUser) {
  const { permitAllClients: _all, organizationId: _organization, deviceIds: _devices, ...rest } = user;
  const { fullPortalAccess: _portal, ...technician } = rest;
  return technician;
}

export function toEndUser(user: NinjaUser) {
  return { ...user, accessibleDeviceIds: user.deviceIds };
}

/** Behind a token, a system administrator may change technicians and roles. */
export function isSystemAdmin({ administrator, enabled, userType }: NinjaUser): boolean {
  return userType === 'TECHNICIAN' && administrator && enabled;
}

export interface NinjaRole {
  id: number;
  name: string;
  type: (typeof userTypes)[number];
  description: string;
}

export const roleNames = {
  admin: 'System Administrator',
  technician: 'Technician',
  helpDesk: 'Help Desk',
  endUser: 'End User',
} as const;

export const roles: readonly NinjaRole[] = [
  { id: 1, name: roleNames.admin, type: 'TECHNICIAN', description: 'Everything' },
  { id: 2, name: roleNames.technician, type: 'TECHNICIAN', description: 'All devices' },
  { id: 3, name: roleNames.helpDesk, type: 'TECHNICIAN', description: 'Tickets and remote support' },
  { id: 10, name: roleNames.endUser, type: 'END_USER', description: 'Own devices' },
];

/** Acme itself and the companies that its IT looks after. */
export const organizations: readonly { id: number; name: string }[] = [
  { id: 1, name: 'Acme' },
  { id: 4, name: 'Foundry Bakery' },
  { id: 9, name: 'Alder Dental' },
];
