/** JSON text of a value in which keys stand in order: the same for everything that is equal. Undefined is left out. */
export function toCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => toCanonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const parts = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${toCanonical(one)}`);
  return `{${parts.join(',')}}`;
}
