import { AppError } from '#domain/errors';
import { PlannedAnswer } from '#domain/planned-answer';
import { type Encode, isUrlEncoder } from './encode.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** One turn of an `each`; the outermost has no parent. */
export interface Turn {
  readonly value: unknown;
  readonly parent: Turn | undefined;
  readonly index: number;
  readonly key: string | number;
  readonly isLast: boolean;
}

/** One rendering: what it reads, what it has written and what it may still spend. */
export interface Rendering {
  readonly variables: Variables;
  readonly encode: Encode;
  readonly strict: boolean;
  readonly place: string | undefined;
  readonly onMissing: ((path: string) => void) | undefined;
  turn: Turn | undefined;
  out: string;
  stepsLeft: number;
  charactersLeft: number;
}

export type Evaluate = (rendering: Rendering) => unknown;
export type Write = (rendering: Rendering) => void;

/** What stands in one tag. */
export interface Expression {
  readonly evaluate: Evaluate;
  /** The variable to name when there is no value. */
  readonly label: string;
  /** The value before an outermost `urlencode`, for places that percent-encode by themselves. */
  readonly beforeUrlEncode: Evaluate | undefined;
}

/** A template in the order of writing: text as it is, or something that writes. */
export type Part = string | Write;

const maxSteps = 20_000;
const maxCharacters = 1024 * 1024;
const charactersPerStep = 1_024;

export function startRendering(
  from: Pick<Rendering, 'variables' | 'encode' | 'strict' | 'place' | 'onMissing'>,
): Rendering {
  const { variables, encode, strict, place, onMissing } = from;
  const budget = { stepsLeft: maxSteps, charactersLeft: maxCharacters };
  return { variables, encode, strict, place, onMissing, turn: undefined, out: '', ...budget };
}

export function writeParts(rendering: Rendering, parts: readonly Part[]): void {
  for (const part of parts) {
    spend(rendering, 1);
    if (typeof part === 'string') append(rendering, part);
    else part(rendering);
  }
}

/** The value of a tag, or an error that names the variable when it is empty and the rendering is strict. */
export function valueToWrite(rendering: Rendering, expression: Expression): unknown {
  const before = expression.beforeUrlEncode;
  const evaluate = before !== undefined && isUrlEncoder(rendering.encode) ? before : expression.evaluate;
  const value = evaluate(rendering);
  if (!isEmpty(value)) return value;
  if (rendering.strict) throwEmpty(rendering, expression.label);
  if (isMissing(value)) rendering.onMissing?.(expression.label);
  return value;
}

export function writeExpression(rendering: Rendering, expression: Expression): void {
  const text = toText(rendering, valueToWrite(rendering, expression));
  let encoded: string;
  try {
    encoded = rendering.encode(text);
  } catch (cause) {
    const reason = cause instanceof AppError ? cause.message : 'Correct the value.';
    fail(rendering, `The variable "${expression.label}" cannot be inserted here. ${reason}`, cause);
  }
  append(rendering, encoded);
}

/** Text as it is, lists and records as JSON, nothing for a missing value. */
export function toText(rendering: Rendering, value: unknown): string {
  if (typeof value === 'string') return spendText(rendering, value);
  if (isMissing(value)) return '';
  if (value instanceof PlannedAnswer) return value.toString();
  if (typeof value === 'object') return spendText(rendering, JSON.stringify(value) ?? '');
  return String(value);
}

/** Counts a text against the budget, so that no helper can multiply it without end. */
export function spendText(rendering: Rendering, text: string): string {
  if (text.length > maxCharacters) failTooLong(rendering);
  if (text.length >= charactersPerStep) spend(rendering, Math.floor(text.length / charactersPerStep));
  return text;
}

/** Counts what is written against the 1 MiB that one rendering may make. */
export function takeRoom(rendering: Rendering, characters: number): void {
  rendering.charactersLeft -= characters;
  if (rendering.charactersLeft < 0) failTooLong(rendering);
}

export function spend(rendering: Rendering, steps: number): void {
  rendering.stepsLeft -= steps;
  if (rendering.stepsLeft >= 0) return;
  fail(rendering, 'The template takes too many steps. Repeat over fewer entries, or shorten it.');
}

/** Nothing that could be written: absent, `null`, or a number that is none. */
export function isMissing(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return value === undefined || value === null || typeof value === 'function' || typeof value === 'symbol';
}

export function isEmpty(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() === '' : isMissing(value);
}

export function throwEmpty(rendering: Rendering, label: string): never {
  const advice = 'Give the record a value for it, or take the variable out of the template.';
  fail(rendering, `The variable "${label}" is empty. ${advice}`);
}

export function fail(rendering: Rendering, message: string, cause?: unknown): never {
  const { place } = rendering;
  throw new AppError('template_error', message, { cause, ...(place === undefined ? {} : { place }) });
}

function append(rendering: Rendering, text: string): void {
  takeRoom(rendering, text.length);
  rendering.out += text;
}

function failTooLong(rendering: Rendering): never {
  fail(
    rendering,
    'The text that the template makes is longer than 1 MiB. Insert less, such as one field of the response.',
  );
}
