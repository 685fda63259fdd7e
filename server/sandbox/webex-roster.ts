import type { WebexPerson } from './webex-person.ts';

/** One page of people, in the order in which they were created. */
interface RosterPage {
  people: WebexPerson[];
  /** Position of the last one; the next page starts after it. Null when nothing follows. */
  next: number | null;
}

/** Everybody in the imitated organisation. */
export interface Roster {
  all(): WebexPerson[];
  find(id: string): WebexPerson | undefined;
  findByEmail(email: string): WebexPerson | undefined;
  /** How many positions were ever given out: grows with each creation, never shrinks. */
  positions(): number;
  /** People after a position (-1 for the start). Positions stay put when others are removed. */
  page(after: number, max: number, accepts: (person: WebexPerson) => boolean): RosterPage;
  /** Adds a person at the end, or replaces the one with the same id where they stand. */
  save(person: WebexPerson): void;
  remove(id: string): void;
}

export function createRoster(people: readonly WebexPerson[]): Roster {
  // A removed person leaves a gap, so that a cursor means the same before and after.
  const rows: (WebexPerson | null)[] = [];
  const positionById = new Map<string, number>();
  const idByEmail = new Map<string, string>();

  function find(id: string): WebexPerson | undefined {
    const position = positionById.get(id);
    return position === undefined ? undefined : (rows[position] ?? undefined);
  }

  function save(person: WebexPerson): void {
    const former = find(person.id);
    for (const email of former?.emails ?? []) idByEmail.delete(email.toLowerCase());
    for (const email of person.emails) idByEmail.set(email.toLowerCase(), person.id);

    const position = positionById.get(person.id) ?? rows.length;
    positionById.set(person.id, position);
    rows[position] = person;
  }

  function remove(id: string): void {
    const person = find(id);
    if (person === undefined) return;
    for (const email of person.emails) idByEmail.delete(email.toLowerCase());
    rows[positionById.get(id)!] = null;
    positionById.delete(id);
  }

  function page(after: number, max: number, accepts: (person: WebexPerson) => boolean): RosterPage {
    const found: WebexPerson[] = [];
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
