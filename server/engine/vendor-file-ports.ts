import type { Vendor } from '../domain/vendor.ts';
import type { VendorFileView } from '../domain/vendor-file.ts';
import type { Principal } from './access-ports.ts';

/** A definition as it was read from a file; it never changes. */
export interface KeptDefinition {
  vendorId: string;
  /** SHA-256 of the definition. */
  hash: string;
  definition: Vendor;
  /** Milliseconds since 1970: what is launched from then on uses it. */
  at: number;
}

/** Keeps every definition that files have had, oldest first. */
export interface VendorDefinitionStore {
  all(): readonly KeptDefinition[];
  add(kept: KeptDefinition): void;
}

/** The files of operators' own vendors. */
export interface VendorFileService {
  list(): readonly VendorFileView[];
  /** Reads the folder again. */
  read(by: Principal): Promise<readonly VendorFileView[]>;
}
