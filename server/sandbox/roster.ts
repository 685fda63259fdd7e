/** One page of people, in the order in which they were created. */
interface RosterPage<Person> {
  people: Person[];
  /** Position of the last one; the next page starts after it. Null when nothing follows. */
  next: number | null;
}

/** Everybody in the imitated organisation. */
export interface Roster<Person> {
  all(): Person[];
  find(id: string): Person | undefined;
  findByEmail(email: string): Person | undefined;
  /** How many positions were ever given out: grows with each creation, never shrinks. */
  positions(): number;
  /** People after a position (-1 for the start). Positions stay put when others are removed. */
  page(after: number, max: number, accepts: (person: Person) => boolean): RosterPage<Person>;
  /** Adds a person at the end, or replaces the one with the same id where they stand. */
  save(person: Person): void;
  remove(id: string): void;
}

/** How a vendor's accounts are told apart. */
export interface RosterKeys<Person> {
  idOf(person: Person): string;
  emailsOf(person: Person): readonly string[];
}

export function createRoster<Person>(
  people: readonly Person[],
  { idOf, emailsOf }: RosterKeys<Person>,
): Roster<Person> {
  // A removed person leaves a gap, so that a cursor means the same before and after.
  const rows: (Person | null)[] = [];
  const positionById = new Map<string, number>();
  const idByEmail = new Map<string, string>();

  function find(id: string): Person | undefined {
    const position = positionById.get(id);
    return position === undefined ? undefined : (rows[position] ?? undefined);
  }

  function save(person: Person): void {
    const id = idOf(person);
    const former = find(id);
    for (const email of former ? emailsOf(former) : []) idByEmail.delete(email.toLowerCase());
    for (const email of emailsOf(person)) idByEmail.set(email.toLowerCase(), id);

    const position = positionById.get(id) ?? rows.length;
    positionById.set(id, position);
    rows[position] = person;
  }

  function remove(id: string): void {
    const person = find(id);
    if (person === undefined) return;
    for (const email of emailsOf(person)) idByEmail.delete(email.toLowerCase());
    rows[positionById.get(id)!] = null;
    positionById.delete(id);
  }

  function page(after: number, max: number, accepts: (person: Person) => boolean): RosterPage<Person> {
    const found: Person[] = [];
    let last = after;
    for (let position = after + 1; position < rows.length; position += 1) {
      const person = rows[position];
      if (!person || !accepts(person)) continue;
      if (found.length === max) return { people: found, next: last };
      found.push(person);
      last = position;
    }
    return { people: found, next: null };
  }

  for (const person of people) save(person);
  return {
    all: () => rows.filter((person) => person !== null),
    find,
    findByEmail: (email) => find(idByEmail.get(email.toLowerCase()) ?? ''),
    positions: () => rows.length,
    page,
    save,
    remove,
  };
}
