import { vendors } from '#presets';

// biome-ignore lint/suspicious/noExplicitAny: what is broken no longer has the right type.
type Loose = any;

/** A change of a definition: where, and what stands there instead; `undefined` takes it away. */
export type Change = readonly [at: string, value: unknown];

/** Stands for the list at that place with one more entry. */
export const more = (entry: unknown) => ({ more: entry });

/** A vendor's definition with changes; entries of lists are named by their id, key or name. */
export function broken(vendorId: string, ...changes: readonly Change[]): Loose {
  const vendor: Loose = structuredClone(vendors.find(({ id }) => id === vendorId));
  for (const [at, value] of changes) {
    const path = at.split('.');
    const last = path.pop() ?? '';
    const parent = path.reduce(step, vendor);
    if (value === undefined) delete parent[last];
    else if (typeof value === 'object' && value !== null && 'more' in value)
      step(parent, last).push(value.more);
    else parent[last] = value;
  }
  return vendor;
}

function step(value: Loose, name: string): Loose {
  if (!Array.isArray(value) || /^\d+$/.test(name)) return value[name];
  return value.find(({ id, key, name: own }: Loose) => [id, key, own].includes(name));
}
