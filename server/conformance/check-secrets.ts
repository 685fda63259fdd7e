import type { Vendor } from '../domain/vendor.ts';
import { error, type Finding } from './finding.ts';

/** Words before which a long text without a variable is a secret. */
const secretWord = /(secret|token|password|passwd|api[-_]?key|authorization|credential)/i;
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/i;
const knownTokens =
  /\b(gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9]{20,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.)/;

/** Whether a definition holds what belongs into a credential: definitions are shown to everybody, and shared. */
export function checkSecrets(vendor: Vendor): Finding[] {
  const found: Finding[] = [];
  walk(vendor, [], (place, name, text) => {
    const isNamed =
      secretWord.test(name) && /^(?=.*\d)[^\s{}]{12,}$/.test(text) && !/^(https?:\/\/|\/)/.test(text);
    if (!isNamed && !bearer.test(text) && !knownTokens.test(text) && !/:\/\/[^/\s{]+:[^/\s{]+@/.test(text))
      return;
    found.push(
      error(
        place,
        'This looks like a secret. Secrets belong into a credential: take it out, and change it at the vendor.',
      ),
    );
  });
  return found;
}

type Visit = (place: string, name: string, text: string) => void;

function walk(value: unknown, path: readonly string[], visit: Visit, name = path.at(-1) ?? ''): void {
  if (typeof value === 'string') visit(path.join('.'), name, value);
  if (typeof value !== 'object' || value === null) return;
  const { key, value: text } = value as { key?: unknown; value?: unknown };
  for (const [child, inner] of Object.entries(value)) {
    const { id, key: ownKey, name: ownName } = (inner ?? {}) as Record<string, unknown>;
    const label = Array.isArray(value) ? [id, ownKey, ownName].find((one) => typeof one === 'string') : child;
    // A row of a header or parameter is named by its key.
    const isRow = child === 'value' && inner === text && typeof key === 'string';
    walk(inner, [...path, String(label ?? child)], visit, isRow ? key : child);
  }
}
