import { keyOf, toDigits } from './keys.ts';
import type { GotoMember } from './user.ts';

export interface GotoAccount {
  key: string;
  name: string;
}

/** The administrator manages both; the second is a subsidiary's. */
export const mainAccount: GotoAccount = { key: keyOf('account/acme'), name: 'Acme' };
export const secondAccount: GotoAccount = { key: keyOf('account/acme-japan'), name: 'Acme Japan' };
export const accounts: readonly GotoAccount[] = [mainAccount, secondAccount];

export interface GotoLicense {
  key: string;
  accountKey: string;
  description: string;
  product: string;
  seats: number;
}

function license(account: GotoAccount, description: string, product: string, seats: number): GotoLicense {
  return {
    key: keyOf(`license/${account.key}/${product}`),
    accountKey: account.key,
    description,
    product,
    seats,
  };
}

export const licenses: readonly GotoLicense[] = [
  license(mainAccount, 'GoTo Connect', 'JIVE', 1_000_000),
  license(mainAccount, 'GoTo Meeting', 'G2M', 1_000_000),
  license(mainAccount, 'GoTo Webinar 500', 'G2W', 5),
  license(secondAccount, 'GoTo Meeting', 'G2M', 1_000_000),
];

/** What an account pays for, with who uses it. Keys of licences are bare digits. */
export function toLicenseAnswer(
  { key, accountKey, description, product, seats }: GotoLicense,
  all: GotoMember[],
) {
  const holders = all.filter((one) => one.accountKey === accountKey && one.user.licenseKeys.includes(key));
  const keysOf = (members: GotoMember[]) => members.map(({ user }) => toDigits(user.key));
  return {
    key: toDigits(key),
    seats,
    userCount: holders.length,
    enabled: true,
    description,
    type: 'SUBSCRIPTION',
    channel: 'ONLINE',
    products: [product],
    userKeys: keysOf(holders.filter(({ user }) => user.passwordCreated)),
    invitedUserKeys: keysOf(holders.filter(({ user }) => !user.passwordCreated)),
    deviceKeys: [],
    devicesOnly: false,
    devicesAllowed: true,
    externallyManaged: false,
  };
}
