import type { Vendor } from '#domain/vendor';
import type { VendorFileView } from '#domain/vendor-file';
import { webhookVendor } from '#domain/webhook';
import type { AuditLog } from '#engine/access-ports';
import type { Clock } from '#engine/ports';
import type { KeptDefinition, VendorDefinitionStore, VendorFileService } from '#engine/vendor-file-ports';
import type { Vendors } from '#engine/vendor-ports';
import { type ReadFile, readVendorFiles, toView } from './vendor-files.ts';

export interface RegistryDeps {
  builtIn: readonly Vendor[];
  /** Where operators put the files of their own vendors; null: what was read before is enough. */
  folder: string | null;
  store: VendorDefinitionStore;
  clock: Pick<Clock, 'now'>;
}

export interface VendorRegistry extends Vendors {
  files(audit: Pick<AuditLog, 'add'>): VendorFileService;
}

/**
 * Every vendor that this server knows: the built-in ones, and operators' own from their files. Each content that a
 * file has had is kept, so that a version of a workflow goes on with the definition that it was launched with.
 */
export function createVendorRegistry({ builtIn, folder, store, clock }: RegistryDeps): VendorRegistry {
  const kept = [...store.all()];
  let files: readonly ReadFile[] = [];

  /** The newest definition, or the newest of those that were read up to an instant. */
  const findKept = (vendorId: string, upTo = Number.POSITIVE_INFINITY): KeptDefinition | undefined => {
    const own = kept.filter((one) => one.vendorId === vendorId);
    // What was launched before the first was kept cannot have used another one.
    return own.findLast(({ at }) => at <= upTo) ?? own[0];
  };
  // Asked several times for each call.
  const knownById = new Map([...builtIn, webhookVendor].map((vendor) => [vendor.id, vendor]));

  function read(): void {
    files = folder === null ? [] : readVendorFiles(folder, builtIn);
    for (const { vendor, hash } of files) {
      if (!vendor || hash === null || findKept(vendor.id)?.hash === hash) continue;
      // The order in which they were read holds, whatever the clock does.
      const at = Math.max(clock.now(), ...kept.map((one) => one.at + 1));
      const definition = { vendorId: vendor.id, hash, definition: vendor, at };
      store.add(definition);
      kept.push(definition);
    }
  }

  const views = (): VendorFileView[] =>
    files.map((file) => toView(file, file.vendor && (findKept(file.vendor.id)?.at ?? null)));

  read();
  return {
    // A vendor whose file is gone stays known to what uses it, and is not offered for anything new.
    find: (id) => knownById.get(id) ?? findKept(id)?.definition,
    list: () =>
      [...builtIn, ...files.flatMap(({ vendor }) => vendor ?? [])].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    asOf: (instant) => ({
      find: (id) => knownById.get(id) ?? findKept(id, instant)?.definition,
      list: () => builtIn,
    }),
    files: (audit) => ({
      list: views,
      async read(by) {
        read();
        const details = { files: views().map(({ file, state, hash }) => ({ file, state, hash })) };
        await audit.add({
          actor: `${by.name} (${by.id})`,
          action: 'read vendor files',
          target: 'vendors',
          details,
        });
        return views();
      },
    }),
  };
}
