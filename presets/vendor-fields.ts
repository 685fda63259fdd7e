import type { z } from 'zod';
import type { vendorFieldSchema } from '#domain/vendor';

export type VendorField = z.input<typeof vendorFieldSchema>;

/** What Smart Mapping proposes for a field. */
export const person = (externalId: string) => ({ recordType: 'person' as const, externalId });
export const account = (externalId: string) => ({ recordType: 'saas_user' as const, externalId });

/** When the load that brought a record began. */
export const syncTime = (label: string): VendorField => ({
  key: 'connector_sync_time',
  label,
  type: 'datetime',
  path: '',
  made: 'load-started-at',
});

/** The name of the credential that brought a record. */
export const credentialName: VendorField = {
  key: 'connect_credentials',
  label: 'Connect: Credentials',
  type: 'text',
  path: '',
  made: 'credential-name',
};
