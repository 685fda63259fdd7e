/** An address of ours as the router's links want it: the path, and its query apart. */
export function linkTo(address: string): { to: string; search: Record<string, string> } {
  const [to = '/', query = ''] = address.split('?');
  return { to, search: Object.fromEntries(new URLSearchParams(query)) };
}
