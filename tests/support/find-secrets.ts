/**
 * Every spelling of the secrets that stands in one of the texts; written apart from what the product looks for. Texts
 * are searched as they are, and once more with the escapes of JSON read.
 */
export function findSecrets(secrets: readonly string[], texts: readonly string[]): string[] {
  const all = texts.join('\n');
  const read = readUnicode(all);
  const places = read === all ? [all] : [all, read];
  const spellings = new Set(secrets.flatMap(spellingsOf));
  return [...spellings].filter((spelling) => places.some((place) => place.includes(spelling)));
}

/** Also behind `Bearer `, which moves its letters in base64. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const tails = ['', 'B', 'Be'].map((before) => {
    const text = Buffer.from(before + secret).toString('base64');
    return text.slice(before === '' ? 0 : before.length + 1).replace(/..=*$/, '');
  });
  return [
    secret,
    encodeURIComponent(secret),
    secret.replaceAll('/', '\\/'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...tails,
    ...tails.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...tails.map((text) => encodeURIComponent(text)),
  ];
}

const readUnicode = (text: string): string =>
  text.replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
