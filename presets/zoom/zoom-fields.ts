import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

/**
 * The fields of a user load. Labels up to *User's Last Login Time* are those that Zoom users know; the rest are extras.
 * Source: https://developers.zoom.us/docs/api/users/#tag/users/GET/users
 */
export const zoomFields: VendorField[] = [
  {
    key: 'id',
    label: 'User ID',
    type: 'text',
    path: 'id',
    suggests: [{ ...person('zoom_id'), create: { label: 'Zoom ID', isUnique: true } }],
  },
  syncTime('Connector Sync Time'),
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'email',
    suggests: [person('username'), person('email'), account('email')],
  },
  { key: 'department', label: 'Department', type: 'text', path: 'dept' },
  {
    key: 'first_name',
    label: 'First Name',
    type: 'text',
    path: 'first_name',
    suggests: [person('first_name')],
  },
  { key: 'last_name', label: 'Last Name', type: 'text', path: 'last_name', suggests: [person('last_name')] },
  // A number to call, not to count with.
  { key: 'personal_meeting_id', label: 'Personal Meeting Id', type: 'text', path: 'pmi' },
  { key: 'role_id', label: 'Role Id', type: 'text', path: 'role_id' },
  { key: 'status', label: 'Status', type: 'text', path: 'status', suggests: [account('status')] },
  { key: 'timezone', label: 'Timezone of the User', type: 'text', path: 'timezone' },
  { key: 'user_type', label: 'User Type', type: 'number', path: 'type', suggests: [account('type')] },
  {
    key: 'last_login_time',
    label: "User's Last Login Time",
    type: 'datetime',
    // Written at most every third day; absent for who never logged in.
    path: 'last_login_time',
    suggests: [account('last_activity')],
  },
  {
    key: 'account',
    label: 'User ID or Email',
    type: 'text',
    // Pending users have no id yet. Zoom takes their address in its place everywhere, and leaving them out would
    // hide seats that somebody was invited to. Their person gets no Zoom ID, so nothing is called with an address.
    // Once accepted, the account with this address takes up the id.
    path: 'id',
    fallbacks: ['email'],
    suggests: [account('identifier')],
  },
  { key: 'role', label: 'Role', type: 'text', path: 'role_id', suggests: [account('roles')] },
  { key: 'plan', label: 'Plan', type: 'text', path: 'plan_united_type', suggests: [account('licenses')] },
  {
    key: 'display_name',
    label: 'Display Name',
    type: 'text',
    path: 'display_name',
    suggests: [account('display_name')],
  },
  {
    key: 'created',
    label: 'Created',
    type: 'datetime',
    // `created_at` tells of the latest way to log in, not of the user.
    path: 'user_created_at',
    fallbacks: ['created_at'],
  },
  { key: 'employee_id', label: 'Employee Id', type: 'text', path: 'employee_unique_id' },
  { key: 'verified', label: 'Verified', type: 'boolean', path: 'verified' },
  { key: 'last_client_version', label: 'Last Client Version', type: 'text', path: 'last_client_version' },
  { key: 'groups', label: 'Group Ids', type: 'list', path: 'group_ids' },
  credentialName,
];
