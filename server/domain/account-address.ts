interface Values {
  person: Readonly<Record<string, unknown>>;
  saasUser: Readonly<Record<string, unknown>> | null;
}

/** The e-mail address of an account that a load read; empty where there is none. */
export function accountAddress({ person, saasUser }: Values): string {
  const address = saasUser?.email ?? person.email;
  return typeof address === 'string' ? address : '';
}

const mostValues = 5_000;
const address = /^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/;

/** Every e-mail address that stands as a value of its own in an answer, in small letters. */
export function addressesIn(body: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [body];
  for (let seen = 0; open.length > 0 && seen < mostValues; seen += 1) {
    const value = open.pop();
    if (typeof value === 'string' && address.test(value)) found.add(value.toLowerCase());
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
  }
  return [...found];
}
