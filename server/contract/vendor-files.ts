import { z } from 'zod';
import { toVendorFileJsonSchema, type VendorFileView, vendorFileViewSchema } from '../domain/vendor-file.ts';

export const vendorFilesList = z.strictObject({ items: z.array(vendorFileViewSchema) });
export type VendorFilesList = z.infer<typeof vendorFilesList>;
export { toVendorFileJsonSchema, type VendorFileView };
