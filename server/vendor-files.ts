import { hash as digest } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCanonical } from '#domain/canonical';
import type { Vendor } from '#domain/vendor';
import type { VendorFileView } from '#domain/vendor-file';
import { error, type Finding, isError } from './conformance/finding.ts';
import { readVendorFile } from './conformance/vendor-file.ts';

/** One file of the folder, read. */
export interface ReadFile {
  file: string;
  id: string;
  /** Null where the file is refused. */
  vendor: Vendor | null;
  hash: string | null;
  findings: Finding[];
}

const maxBytes = 1024 * 1024;
const mostFiles = 200;

/**
 * Reads every vendor file of a folder, in the order of their names. A file that is wrong, takes the id of a built-in
 * vendor or of a file before it is refused, and the others are not; without the folder there are none.
 */
export function readVendorFiles(folder: string, builtIn: readonly Vendor[]): ReadFile[] {
  const taken = new Map(builtIn.map(({ id, title }) => [id, `the built-in vendor ${title}`]));
  return namesIn(folder).map((file) => {
    const read = readOne(folder, file);
    const owner = taken.get(read.id);
    if (owner !== undefined)
      read.findings.unshift(
        error('id', `"${read.id}" is the id of ${owner}, which no file can override. Choose another.`),
      );
    const isRefused = read.findings.some(isError);
    const vendor = isRefused ? null : read.vendor;
    if (vendor) taken.set(vendor.id, `the file ${file}`);
    return { ...read, file, vendor, hash: vendor && digest('sha256', toCanonical(vendor)) };
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ name }) => name)
      .sort()
      .slice(0, mostFiles);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw problem;
  }
}

function readOne(folder: string, file: string): Pick<ReadFile, 'id' | 'vendor' | 'findings'> {
  const refuse = (message: string) => ({ id: '', vendor: null, findings: [error('', message)] });
  try {
    const bytes = readFileSync(join(folder, file));
    if (bytes.length > maxBytes) return refuse('The file is larger than 1 MiB, so it is no vendor.');
    return readVendorFile(bytes.toString('utf8'));
  } catch (problem) {
    return refuse(`The file cannot be read: ${(problem as Error).message}`);
  }
}

export function toView(
  { file, id, vendor, hash, findings }: ReadFile,
  usedSince: number | null,
): VendorFileView {
  return {
    ...{ file, vendorId: id, title: vendor?.title ?? '', state: vendor ? 'used' : 'refused' },
    ...{ findings, hash },
    usedSince: usedSince === null ? null : new Date(usedSince).toISOString(),
  };
}
