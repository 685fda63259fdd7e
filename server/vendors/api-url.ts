import type { Credential } from '#domain/credential';
import type { Vendor } from '#domain/vendor';

/**
 * The origin that a vendor names beside a token as the home of this account, where it may be believed: an https host
 * below the one that the vendor's own tokens come from. Empty otherwise, and where the operator chose another base URL.
 */
export function apiUrlOf(
  { kind, baseUrl }: Pick<Credential, 'kind' | 'baseUrl'>,
  vendor: Pick<Vendor, 'auth' | 'baseUrl'> | undefined,
  said: string | null,
): string {
  if (said === null || vendor === undefined || baseUrl !== vendor.baseUrl) return '';
  const method = vendor.auth.find((each) => each.kind === kind);
  const home = method && 'tokenUrl' in method ? URL.parse(method.tokenUrl) : null;
  const url = URL.parse(said);
  if (home === null || url === null || url.protocol !== 'https:' || url.port !== '') return '';
  const isAtHome = url.hostname === home.hostname || url.hostname.endsWith(`.${home.hostname}`);
  return isAtHome ? url.origin : '';
}
