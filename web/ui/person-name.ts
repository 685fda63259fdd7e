interface Named {
  firstName: string;
  lastName: string;
  username: string;
}

/** The name of a person as a reader would say it. */
export function nameOf(person: Named): string {
  return `${person.firstName} ${person.lastName}`.trim() || person.username;
}
