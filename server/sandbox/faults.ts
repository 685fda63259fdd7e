import { z } from 'zod';

/**
 * A misfortune to inject. With `status` the call is answered so; with `dropConnection` it is not answered at all; with
 * only `delayMs` it is answered late. `when: 'after'` (and `dropConnection: 'after'`) does the work first.
 */
export const faultSchema = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), pathPrefix: z.string().optional() }).default({}),
  status: z.int().min(200).max(599).optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  when: z.enum(['before', 'after']).default('before'),
  delayMs: z.int().min(0).default(0),
  dropConnection: z.enum(['before', 'after']).optional(),
  /** How many matching calls go by unharmed first. */
  skip: z.int().min(0).default(0),
  times: z.int().min(1).default(1),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

export interface Faults {
  inject(fault: FaultInput): void;
  clear(): void;
  /** Those still to come, with the times that are left. */
  list(): Fault[];
  /** The fault that strikes this call, if any: the first injected that matches. Paths are whole, such as `/v1/people`. */
  take(method: string, path: string): Fault | null;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];

  return {
    inject: (fault) => void faults.push(faultSchema.parse(fault)),
    clear: () => {
      faults = [];
    },
    list: () => structuredClone(faults),
    take(method, path) {
      for (const fault of faults) {
        if (!matches(fault, method, path)) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.times -= 1;
        if (fault.times === 0) faults = faults.filter((other) => other !== fault);
        return fault;
      }
      return null;
    },
  };
}

function matches({ match }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match.pathPrefix === undefined || path.startsWith(match.pathPrefix);
}
