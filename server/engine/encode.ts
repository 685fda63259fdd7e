import { AppError } from '#domain/errors';

/** Makes one rendered value safe for the place where it is inserted, or throws `template_error`. */
export type Encode = (text: string) => string;

// Everything that HTTP forbids in a header value: control characters and what lies beyond Latin-1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const notAllowedInHeader = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]|[^\u0000-\u00ff]/;

/** Leaves the text as it is. */
export const plain: Encode = (text) => text;

/** Percent-encodes one part of a URL path. An empty part, `.` and `..` would name another address and are refused. */
export const encodePathSegment: Encode = (text) => {
  if (text === '') throw new AppError('template_error', 'A part of a URL path must not be empty.');
  if (text === '.' || text === '..') {
    throw new AppError('template_error', `"${text}" as a part of a URL path would lead to another address.`);
  }
  return percentEncode(text);
};

export const encodeQueryValue: Encode = (text) => percentEncode(text);

/** Lets through what a header may hold. A line break would start another header. */
export const encodeHeaderValue: Encode = (text) => {
  if (!notAllowedInHeader.test(text)) return text;
  throw new AppError(
    'template_error',
    'A header value holds a line break, a control character or a letter outside Latin-1. Take it out or encode it.',
  );
};

/** Whether the encoder percent-encodes by itself, so that a `urlencode` in the template must not do it twice. */
export function isUrlEncoder(encode: Encode): boolean {
  return encode === encodePathSegment || encode === encodeQueryValue;
}

function percentEncode(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  throw new AppError(
    'template_error',
    'The text holds half of a character and cannot be sent. Correct the value.',
  );
}
