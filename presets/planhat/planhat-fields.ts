import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

const roleNames = 'roles[*].name';

/**
 * The fields of a user load. Labels up to *Version* are those that Planhat users know; the rest are extras. `isAdmin`,
 * `isDeveloper` and `type` were in no answer that we saw: roles stand in for the first two.
 * Source: https://docs.planhat.com/#user
 */
export const planhatFields: VendorField[] = [
  syncTime('Connector Sync Time'),
  {
    key: 'creation_date',
    label: 'Creation Date',
    type: 'datetime',
    path: 'createDate',
    fallbacks: ['createdAt'],
  },
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'email',
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
    key: 'is_admin',
    label: 'Is Admin?',
    type: 'boolean',
    path: 'isAdmin',
    orAny: { path: roleNames, value: 'Administrator' },
  },
  {
    key: 'is_developer',
    label: 'Is Developer?',
    type: 'boolean',
    path: 'isDeveloper',
    orAny: { path: roleNames, value: 'Developer' },
  },
  {
    key: 'is_inactive',
    label: 'Is Inactive?',
    type: 'boolean',
    path: 'inactive',
    suggests: [account('is_deactivated')],
  },
  { key: 'last_name', label: 'Last Name', type: 'text', path: 'lastName', suggests: [person('last_name')] },
  {
    key: 'nickname',
    label: 'Nickname',
    type: 'text',
    path: 'nickName',
    suggests: [account('display_name')],
  },
  // Planhat does not say whether it counts minutes or hours.
  { key: 'time_zone_offset', label: 'Time Zone Offset', type: 'decimal', path: 'tzOffset' },
  { key: 'type', label: 'Type', type: 'text', path: 'type', suggests: [account('type')] },
  {
    key: 'user_id',
    label: 'User Id',
    type: 'text',
    path: '_id',
    suggests: [
      { ...person('planhat_user_id'), create: { label: 'Planhat User ID', isUnique: true } },
      account('identifier'),
    ],
  },
  { key: 'version', label: 'Version', type: 'number', path: '__v' },
  {
    key: 'roles',
    label: 'Roles',
    type: 'list',
    // Lists hold whole roles; some other answers hold their ids.
    path: roleNames,
    fallbacks: ['roles'],
    suggests: [account('roles')],
  },
  { key: 'external_id', label: 'External Id', type: 'text', path: 'externalId' },
  { key: 'updated', label: 'Updated', type: 'datetime', path: 'updatedAt' },
  { key: 'is_hidden', label: 'Is Hidden?', type: 'boolean', path: 'isHidden' },
  credentialName,
];
