import type { Issue } from '../domain/workflow.ts';

/** A finding that forbids launching. */
export const error = (block: string | null, message: string, setting: string | null = null): Issue => ({
  severity: 'error',
  block,
  setting,
  message,
});

/** A finding that does not forbid it. */
export const warning = (block: string | null, message: string): Issue => ({
  severity: 'warning',
  block,
  setting: null,
  message,
});
