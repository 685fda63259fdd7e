import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

/**
 * The fields of a user load. All may be absent in an answer: recorded ones carried as little as id, emails and names.
 * Labels up to *User Load Connector Sync Time* are those that Webex users know; the rest are extras.
 * Source: https://developer.webex.com/docs/api/v1/people/list-people
 */
export const webexFields: VendorField[] = [
  { key: 'created', label: 'Created', type: 'datetime', path: 'created' },
  {
    key: 'display_name',
    label: 'DisplayName',
    type: 'text',
    path: 'displayName',
    suggests: [account('display_name')],
  },
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'emails[0]',
    suggests: [person('username'), person('email'), account('email')],
  },
  {
    key: 'first_name',
    label: 'First Name',
    type: 'text',
    path: 'firstName',
    suggests: [person('first_name')],
  },
  {
    key: 'id',
    label: 'ID',
    type: 'text',
    path: 'id',
    suggests: [
      { ...person('webex_user_id'), create: { label: 'Webex User ID', isUnique: true } },
      account('identifier'),
    ],
  },
  // Described as text and answered as a boolean: both are read.
  { key: 'invite_pending', label: 'Invite Pending', type: 'boolean', path: 'invitePending' },
  { key: 'last_modified', label: 'Last Modified', type: 'datetime', path: 'lastModified' },
  { key: 'last_name', label: 'Last Name', type: 'text', path: 'lastName', suggests: [person('last_name')] },
  { key: 'org_id', label: 'Org Id', type: 'text', path: 'orgId' },
  { key: 'status', label: 'Status', type: 'text', path: 'status', suggests: [account('status')] },
  { key: 'type', label: 'Type', type: 'text', path: 'type', suggests: [account('type')] },
  syncTime('User Load Connector Sync Time'),
  { key: 'roles', label: 'Roles', type: 'list', path: 'roles', suggests: [account('roles')] },
  { key: 'licenses', label: 'Licences', type: 'list', path: 'licenses', suggests: [account('licenses')] },
  {
    key: 'last_activity',
    label: 'Last Activity',
    type: 'datetime',
    path: 'lastActivity',
    suggests: [account('last_activity')],
  },
  { key: 'login_enabled', label: 'Login Enabled', type: 'boolean', path: 'loginEnabled' },
  { key: 'department', label: 'Department', type: 'text', path: 'department' },
  { key: 'title', label: 'Title', type: 'text', path: 'title' },
  { key: 'manager', label: 'Manager', type: 'text', path: 'manager' },
  { key: 'timezone', label: 'Timezone', type: 'text', path: 'timezone' },
  credentialName,
];
