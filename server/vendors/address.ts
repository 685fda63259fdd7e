import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses of cloud machinery that hands out secrets: never reachable, whatever an administrator allows. */
const metadata = blockList(
  '169.254.0.0/16',
  '168.63.129.16/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  'fe80::/10',
);

/** What `ipaddr.js` takes for ordinary unicast and is not, or is not for talking to a vendor. */
const special = blockList(
  '168.63.129.16/32',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.175.48.0/24',
  '192.88.99.0/24',
  // Inside 2000::/3: protocol assignments, documentation, 6to4, benchmarks.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
);

/** Whether an address, as the system writes it, lies in the public internet and belongs to one machine. */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 0 || address.includes('%')) return false;
  if (special.check(address, kind === 4 ? 'ipv4' : 'ipv6')) return false;
  if (kind === 4) return ipaddr.IPv4.parse(address).range() === 'unicast';
  const parsed = ipaddr.IPv6.parse(address);
  return ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000 && parsed.range() === 'unicast';
}

/** Whether an address may be dialled for a host that an administrator has allowed: anything but cloud machinery. */
export function isAllowableAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 0) return false;
  if (kind === 6) {
    const parsed = ipaddr.IPv6.parse(address);
    if (parsed.isIPv4MappedAddress()) return isAllowableAddress(parsed.toIPv4Address().toString());
  }
  return !metadata.check(address.replace(/%.*$/, ''), kind === 4 ? 'ipv4' : 'ipv6');
}

function blockList(...ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
