/** `Ben or Cleo must agree; nothing changes before.` Alone, one waits a day. */
export function agreeWords(persons: readonly { name: string }[]): string {
  const names = persons.map(({ name }) => name);
  if (names.length === 0) {
    return 'Nobody else can agree, so it takes 24 hours and your typed confirmation; nothing changes before.';
  }
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const list = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
  return `${list} must agree; nothing changes before.`;
}
