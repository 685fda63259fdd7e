import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

const accountKey = { label: 'GoTo Account Key', isUnique: false };

/**
 * The fields of a user load. Labels up to *Timezone* are those that GoTo users know; the rest are extras. Keys have up
 * to 29 digits and are text throughout.
 *
 * `emailTemplateKey`, `invitedDate` and `systemGeneratedEmail` are named by the pattern of the others: nobody outside
 * GoTo has written them down.
 * Source: https://developer.goto.com/admin#operation/getUsers
 */
export const gotoFields: VendorField[] = [
  { key: 'can_authenticate', label: 'Can Authenticate?', type: 'boolean', path: 'canAuthenticate' },
  syncTime('Connector Sync Time'),
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'email',
    suggests: [person('username'), person('email'), account('email')],
  },
  { key: 'email_locked', label: 'Email Locked?', type: 'boolean', path: 'emailLocked' },
  { key: 'email_template_key', label: 'Email Template Key', type: 'text', path: 'emailTemplateKey' },
  {
    key: 'first_name',
    label: 'First Name',
    type: 'text',
    path: 'firstName',
    suggests: [person('first_name')],
  },
  { key: 'group_key', label: 'Group Key', type: 'text', path: 'groupKey' },
  { key: 'group_name', label: 'Group Name', type: 'text', path: 'groupName' },
  {
    key: 'id',
    label: 'ID',
    type: 'text',
    path: 'key',
    suggests: [
      { ...person('goto_user_key'), create: { label: 'GoTo User Key', isUnique: true } },
      account('identifier'),
    ],
  },
  { key: 'identity_read_only', label: 'Identity Read Only?', type: 'boolean', path: 'identityReadOnly' },
  { key: 'invite_count', label: 'Invite Count', type: 'number', path: 'inviteCount' },
  { key: 'invited_date', label: 'Invited Date', type: 'datetime', path: 'invitedDate' },
  { key: 'last_name', label: 'Last Name', type: 'text', path: 'lastName', suggests: [person('last_name')] },
  { key: 'license_keys', label: 'License Keys', type: 'list', path: 'licenseKeys' },
  { key: 'locale', label: 'Locale', type: 'text', path: 'locale' },
  { key: 'name_locked', label: 'Name Locked?', type: 'boolean', path: 'nameLocked' },
  // Whether there is a password, or when it was made: both have been seen, and text holds both.
  { key: 'password_created', label: 'Password Created', type: 'text', path: 'passwordCreated' },
  { key: 'status', label: 'Status', type: 'text', path: 'status', suggests: [account('status')] },
  {
    key: 'system_generated_email',
    label: 'System Generated Email?',
    type: 'boolean',
    path: 'systemGeneratedEmail',
  },
  { key: 'timezone', label: 'Timezone', type: 'text', path: 'timeZone' },
  credentialName,
  {
    key: 'connect_account_key',
    label: 'Connect: Account Key',
    type: 'text',
    path: '',
    made: 'input',
    input: 'account_key',
    // On both, because presets need it for people, and User Role for accounts of whomever.
    suggests: [
      { ...person('goto_account_key'), create: accountKey },
      { ...account('goto_account_key'), create: accountKey },
    ],
  },
  {
    key: 'admin_roles',
    label: 'Admin Roles',
    type: 'list',
    path: 'adminRoles',
    suggests: [account('roles')],
  },
  { key: 'licenses', label: 'Licences', type: 'list', path: 'licenseKeys', suggests: [account('licenses')] },
  { key: 'products', label: 'Products', type: 'list', path: 'products' },
  { key: 'managed_group_keys', label: 'Managed Group Keys', type: 'list', path: 'managedGroupKeys' },
];
