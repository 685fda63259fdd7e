import { account, credentialName, person, syncTime, type VendorField } from '../vendor-fields.ts';

/**
 * The fields of a user load: those that NinjaOne users know, and the credential.
 * Source: https://app.ninjarmm.com/apidocs/?links.active=core#/users/getUsers
 */
export const ninjaoneFields: VendorField[] = [
  { key: 'administrator', label: 'Administrator', type: 'boolean', path: 'administrator' },
  {
    key: 'assigned_device_ids',
    label: 'Assigned Device Ids List',
    type: 'list',
    path: 'assignedDeviceIds',
  },
  syncTime('Connector Sync Time'),
  { key: 'device_ids', label: 'Device Ids List', type: 'list', path: 'deviceIds' },
  {
    key: 'email',
    label: 'Email',
    type: 'email',
    path: 'email',
    suggests: [person('username'), person('email'), account('email')],
  },
  { key: 'enabled', label: 'Enabled', type: 'boolean', path: 'enabled' },
  {
    key: 'first_name',
    label: 'First Name',
    type: 'text',
    path: 'firstName',
    suggests: [person('first_name')],
  },
  {
    key: 'id',
    label: 'Id',
    // A number, because lists of role members take numbers only.
    type: 'number',
    path: 'id',
    suggests: [
      { ...person('ninja_user_id'), create: { label: 'NinjaOne User ID', isUnique: true } },
      account('identifier'),
    ],
  },
  {
    key: 'invitation_status',
    label: 'Invitation Status',
    type: 'text',
    path: 'invitationStatus',
    suggests: [account('status')],
  },
  { key: 'last_name', label: 'Last Name', type: 'text', path: 'lastName', suggests: [person('last_name')] },
  { key: 'mfa_configured', label: 'Mfa Configured', type: 'boolean', path: 'mfaConfigured' },
  { key: 'must_change_pw', label: 'Must Change Pw', type: 'boolean', path: 'mustChangePw' },
  { key: 'notify_all_clients', label: 'Notify All Clients', type: 'boolean', path: 'notifyAllClients' },
  // Technicians belong to no organization.
  { key: 'organization_id', label: 'Organization Id', type: 'number', path: 'organizationId' },
  { key: 'permit_all_clients', label: 'Permit All Clients', type: 'boolean', path: 'permitAllClients' },
  { key: 'phone', label: 'Phone', type: 'text', path: 'phone' },
  { key: 'roles', label: 'Roles List', type: 'list', path: 'roles', suggests: [account('roles')] },
  { key: 'uid', label: 'Uid', type: 'text', path: 'uid' },
  { key: 'user_type', label: 'User Type', type: 'text', path: 'userType', suggests: [account('type')] },
  credentialName,
];
