interface Values {
  person: Readonly<Record<string, unknown>>;
  saasUser: Readonly<Record<string, unknown>> | null;
}

/** The e-mail address of an account that a load read; empty where there is none. */
export function accountAddress({ person, saasUser }: Values): string {
  const address = saasUser?.email ?? person.email;
  return typeof address === 'string' ? address : '';
}
