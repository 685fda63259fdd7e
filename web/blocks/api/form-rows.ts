type Row = { key: string; value: string };

const tag = /(\{\{[\s\S]*?\}\}|<<[^<>]*>>)/;

/** A form body as rows. Tags stay as they are; what stands around them is decoded. */
export function toFormRows(body: string): Row[] {
  if (body === '') return [];
  return splitOutsideTags(body, '&').map((pair) => {
    const [key = '', ...value] = splitOutsideTags(pair, '=');
    return { key: mapText(key, decode), value: mapText(value.join('='), decode) };
  });
}

/** Rows as a form body, with everything but tags encoded: those encode their values themselves. */
export function toFormBody(rows: readonly Row[]): string {
  return rows.map(({ key, value }) => `${mapText(key, encode)}=${mapText(value, encode)}`).join('&');
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const mapText = (text: string, change: (text: string) => string): string =>
  text
    .split(tag)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join('');

function splitOutsideTags(text: string, mark: string): string[] {
  const pieces = [''];
  for (const [at, part] of text.split(tag).entries()) {
    const [first = '', ...more] = at % 2 === 1 ? [part] : part.split(mark);
    pieces[pieces.length - 1] += first;
    pieces.push(...more);
  }
  return pieces;
}
