/** The name that is being typed at the caret: `search` is what follows `{{`, which stands at `start`. */
export type OpenName = { start: number; search: string };

/** Finds the open `{{` before the caret; null where no name is being typed. */
export function openNameAt(text: string, caret: number): OpenName | null {
  const start = text.lastIndexOf('{{', caret - 1);
  if (start === -1 || start + 2 > caret) return null;
  const search = text.slice(start + 2, caret);
  return /^[\w.\s[\]]*$/.test(search) ? { start, search: search.trim() } : null;
}

/** Writes `{{name}}` at the caret, in place of the name that is being typed there. */
export function insertVariable(text: string, caret: number, name: string): { text: string; caret: number } {
  const start = openNameAt(text, caret)?.start ?? caret;
  const rest = text.slice(caret).replace(/^[\w.]*\}\}/, (tail) => (start === caret ? tail : ''));
  const written = `{{${name}}}`;
  return { text: text.slice(0, start) + written + rest, caret: start + written.length };
}

/** Variables whose name or label has the search, those that begin with it first. */
export function findVariables<T extends { name: string; label: string }>(
  all: readonly T[],
  search: string,
): T[] {
  const wanted = search.toLowerCase();
  const rank = (one: T) => (one.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return all
    .filter((one) => `${one.name} ${one.label}`.toLowerCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b));
}
