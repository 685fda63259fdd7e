import { fail, isMissing, type Rendering, toText } from './template-run.ts';

/** A function that a template may call, described for the editor's help. */
export interface TemplateHelper {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly minArguments: number;
  readonly maxArguments: number;
  /** Missing values stay missing, so that `default` and the strict check still see them. */
  readonly run: (values: readonly unknown[], rendering: Rendering) => unknown;
}

/** What one call may make, so that no chain of calls multiplies text without end. */
export const maxMadeText = 1024 * 1024;

/** An argument as text; undefined when it is missing. A list or a record is refused. */
export function textOf(name: string, value: unknown, rendering: Rendering): string | undefined {
  if (isMissing(value)) return undefined;
  if (typeof value === 'object') {
    fail(
      rendering,
      `The function "${name}" needs text, but got ${Array.isArray(value) ? 'a list' : 'a record'}.`,
    );
  }
  return toText(rendering, value);
}
