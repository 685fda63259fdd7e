/** The imports that go against the direction, as `from → to: why`. */
export function findOffences(files: Iterable<{ file: string; text: string }>): string[];
