import { type Encode, plain } from './encode.ts';
import { type ParsedTemplate, parseSegments } from './template-parse.ts';
import { startRendering, type Variables, valueToWrite, writeParts } from './template-run.ts';
import { checkTemplateText, refuseIn, scanTemplate } from './template-scan.ts';

/** A text with variables in it, parsed once and rendered often. */
export interface Template {
  readonly text: string;
  /** Where the text stands, for messages: `blocks[2].settings.url`. */
  readonly place: string | undefined;
  readonly parsed: ParsedTemplate;
}

export interface RenderOptions {
  /** Makes each inserted value safe for the place where the text goes. */
  readonly encode: Encode;
  /** Whether an empty variable stops the rendering, as it must in destructive requests and in URL paths. */
  readonly strict: boolean;
  /** Told the path of each variable without a value. Never called when strict, which throws instead. */
  readonly onMissing?: ((path: string) => void) | undefined;
}

/**
 * Parses a template in Handlebars syntax: paths, literals, the functions of `templateHelpers`, and the blocks `if`,
 * `unless` and `each`. Also read are `<<name>>`, `a["b-c"]`, `a[0]` and `x|filter:"argument"`. Throws
 * `template_error` with line and column for everything else.
 */
export function parseTemplate(text: string, place?: string): Template {
  checkTemplateText(text, place);
  const refuse = refuseIn(text, place);
  return { text, place, parsed: parseSegments(scanTemplate(text, refuse), refuse) };
}

/**
 * The paths of all variables a template reads, such as `webex_user_id` and `response.items.0.id`, in the order of
 * first use. There is a dot after the name a path starts with, and `parsePath` reads it back. What stands relative to
 * an entry of `each` is not among them.
 */
export function variablesOf(template: Template): string[] {
  return [...template.parsed.variables];
}

/**
 * Fills in the variables. A missing one renders as nothing, or throws `template_error` when strict. What was inserted
 * is never read as a template again, and nothing is escaped except by `encode`.
 */
export function renderText(template: Template, variables: Variables, options: RenderOptions): string {
  const { encode, strict, onMissing } = options;
  const rendering = startRendering({ variables, encode, strict, onMissing, place: template.place });
  writeParts(rendering, template.parsed.parts);
  return rendering.out;
}

/**
 * The value of a template that is exactly one expression, with its type: a list stays a list. Any other template
 * gives text. A missing value is `undefined`.
 */
export function renderValue(
  template: Template,
  variables: Variables,
  options: Omit<RenderOptions, 'encode' | 'strict'> & { readonly strict?: boolean } = {},
): unknown {
  const { only } = template.parsed;
  const { strict = false, onMissing } = options;
  if (only === undefined) return renderText(template, variables, { encode: plain, strict, onMissing });
  return valueToWrite(
    startRendering({ variables, encode: plain, strict, onMissing, place: template.place }),
    only,
  );
}
