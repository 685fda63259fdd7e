export const root: string;
export const noRuntime: string;
/** Flags of the runtime for a server. */
export const serverFlags: readonly string[];
export function isNewEnough(version: string): boolean;

/** The Node that runs the product; null without one. */
export function findRuntime(current?: string, folder?: string): string | null;

/** Runs a program on the runtime and ends as it ends. */
export function runOn(runtime: string, args: readonly string[]): void;
