import { asc } from 'drizzle-orm';
import { vendorSchema } from '#domain/vendor';
import type { KeptDefinition, VendorDefinitionStore } from '#engine/vendor-file-ports';
import type { Database } from './database.ts';
import { vendorDefinitions } from './schema.ts';

/** Definitions of operators' own vendors, as versions of workflows were launched with them. */
export function createVendorDefinitionStore(database: Database): VendorDefinitionStore {
  return {
    all: () =>
      database.select().from(vendorDefinitions).orderBy(asc(vendorDefinitions.id)).all().flatMap(toKept),

    add({ vendorId, hash, definition, at }) {
      database.insert(vendorDefinitions).values({ vendorId, hash, definition, at }).run();
    },
  };
}

type Row = typeof vendorDefinitions.$inferSelect;

/** A newer server may ask more of a definition than an older one did: what does not fit any more is left out. */
function toKept({ vendorId, hash, definition, at }: Row): KeptDefinition[] {
  const read = vendorSchema.safeParse(definition);
  return read.success ? [{ vendorId, hash, definition: read.data, at }] : [];
}
