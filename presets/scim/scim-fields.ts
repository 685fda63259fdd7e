import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

/**
 * The core schema of a user. A service provider may leave out whatever it does not have.
 * Source: https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export const scimFields: VendorField[] = [
  syncTime('Connector Sync Time'),
  {
    key: 'id',
    label: 'ID',
    type: 'text',
    path: 'id',
    suggests: [{ ...person('scim_id'), create: { label: 'SCIM ID', isUnique: true } }, account('identifier')],
  },
  { key: 'user_name', label: 'User Name', type: 'text', path: 'userName', suggests: [person('username')] },
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'emails[0].value',
    // Many providers ask for the address as the name, and for nothing else.
    fallbacks: ['userName'],
    suggests: [person('email'), account('email')],
  },
  {
    key: 'first_name',
    label: 'First Name',
    type: 'text',
    path: 'name.givenName',
    suggests: [person('first_name')],
  },
  {
    key: 'last_name',
    label: 'Last Name',
    type: 'text',
    path: 'name.familyName',
    suggests: [person('last_name')],
  },
  {
    key: 'display_name',
    label: 'Display Name',
    type: 'text',
    path: 'displayName',
    fallbacks: ['name.formatted'],
    suggests: [account('display_name')],
  },
  { key: 'active', label: 'Active', type: 'boolean', path: 'active', suggests: [account('status')] },
  {
    key: 'groups',
    label: 'Groups',
    type: 'list',
    path: 'groups[*].display',
    fallbacks: ['groups[*].value'],
    suggests: [account('roles')],
  },
  { key: 'roles', label: 'Roles', type: 'list', path: 'roles[*].value' },
  {
    key: 'entitlements',
    label: 'Entitlements',
    type: 'list',
    path: 'entitlements[*].value',
    suggests: [account('licenses')],
  },
  { key: 'user_type', label: 'User Type', type: 'text', path: 'userType', suggests: [account('type')] },
  { key: 'external_id', label: 'External ID', type: 'text', path: 'externalId' },
  { key: 'title', label: 'Title', type: 'text', path: 'title' },
  { key: 'emails', label: 'All Emails', type: 'list', path: 'emails[*].value' },
  { key: 'locale', label: 'Locale', type: 'text', path: 'locale' },
  { key: 'timezone', label: 'Timezone', type: 'text', path: 'timezone' },
  { key: 'created', label: 'Created', type: 'datetime', path: 'meta.created' },
  { key: 'last_modified', label: 'Last Modified', type: 'datetime', path: 'meta.lastModified' },
  credentialName,
];
