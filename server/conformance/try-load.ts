import { AppError } from '../domain/errors.ts';
import { type Account, readAccounts } from './accounts.ts';
import { error, type Finding, note } from './finding.ts';
import { sendCall, type Trial } from './trial.ts';

const testRule = { statuses: [200], mediaType: 'json', notFound: undefined } as const;
const smallPage = 7;

/** Whether the credential's test and the load do what the definition says. Gives back whom the load found. */
export async function tryLoad(trial: Trial): Promise<{ found: Finding[]; accounts: Account[] }> {
  const { found, isAnswered } = await tryCredential(trial);
  // Nothing else would be told than the same once more.
  if (!isAnswered) return { found, accounts: [] };
  let accounts: Account[];
  try {
    accounts = await readAccounts(trial);
  } catch (problem) {
    if (!(problem instanceof AppError)) throw problem;
    return { found: [...found, error('load', problem.message)], accounts: [] };
  }
  found.push(...checkAccounts(trial, accounts), ...(await trySmallPages(trial, accounts)));
  return { found, accounts };
}

async function tryCredential(trial: Trial): Promise<{ found: Finding[]; isAnswered: boolean }> {
  const { path } = trial.vendor.test;
  const call = {
    ...({ credential: { id: 'check' }, class: 'read', method: 'GET', url: path } as const),
    ...{ headers: {}, body: null, timeoutMs: 30_000 },
  };
  const own = await sendCall(trial, { call, rule: testRule });
  const isAnswered = own.kind === 'ok' || own.kind === 'rejected' || own.kind === 'malformed';
  if (!isAnswered)
    return { found: [error('test.path', `It does not prove a good credential. ${own.message}`)], isAnswered };
  const strange = await sendCall({ ...trial, client: trial.stranger }, { call, rule: testRule });
  const found = [
    ...(own.kind === 'ok' ? [] : [error('test.path', `It does not prove a good credential. ${own.message}`)]),
    ...(strange.kind === 'unauthorized' || strange.kind === 'forbidden'
      ? []
      : [
          error(
            'test.path',
            strange.kind === 'ok'
              ? 'It succeeds with a credential that is none, so it proves nothing. Choose a read that needs rights.'
              : `It does not tell a wrong credential from other troubles. ${strange.message}`,
          ),
        ]),
  ];
  return { found, isAnswered };
}

function checkAccounts({ vendor }: Trial, accounts: readonly Account[]): Finding[] {
  const { load } = vendor;
  if (accounts.length === 0)
    return [error('load.items', 'The load found nobody. Try it where there are people.')];
  const found: Finding[] = [];
  const lacking = accounts.filter(({ identifier }) => identifier === '').length;
  if (lacking > 0)
    found.push(
      error(
        `load.fields.${load.identifier}`,
        `${lacking} of ${accounts.length} have no identifier there, so nobody could tell them apart.`,
      ),
    );
  const known = new Set<string>();
  const twice = accounts.find(({ identifier }) => known.size === known.add(identifier).size);
  if (twice && lacking === 0)
    found.push(
      error(`load.fields.${load.identifier}`, `Two accounts have the identifier ${twice.identifier}.`),
    );
  if (!accounts.some(({ email }) => email.includes('@')))
    found.push(
      error('load.fields', 'Nobody has an e-mail address. Check the path of the field that suggests it.'),
    );
  const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';
  for (const { key, label, made } of load.fields) {
    if (made || accounts.some(({ fields }) => isFilled(fields[key]))) continue;
    found.push(
      note(`load.fields.${key}.path`, `Nobody has a value in the field "${label}". Check its path.`),
    );
  }
  return found;
}

/** The same people must come in whatever pieces they are asked for. */
async function trySmallPages(trial: Trial, accounts: readonly Account[]): Promise<Finding[]> {
  const { pagination } = trial.vendor.load;
  if (!trial.isWhole || pagination.kind === 'none' || accounts.length <= smallPage) return [];
  try {
    const again = await readAccounts(trial, Math.max(smallPage, smallestOf(trial)));
    const idsOf = (all: readonly Account[]) =>
      all
        .map(({ identifier }) => identifier)
        .sort()
        .join('\n');
    if (idsOf(again) === idsOf(accounts)) return [];
    return [
      error(
        'load.pagination',
        `In small pages it finds ${again.length} accounts, in large ones ${accounts.length}. Compare how a page leads to the next.`,
      ),
    ];
  } catch (problem) {
    if (!(problem instanceof AppError)) throw problem;
    return [error('load.pagination', problem.message)];
  }
}

/** Some vendors take no page smaller than this; the test of the credential asks for the smallest one there is. */
function smallestOf({ vendor: { load, test } }: Trial): number {
  if (!('sizeParam' in load.pagination)) return 0;
  return Number(new URL(test.path, 'https://vendor.test').searchParams.get(load.pagination.sizeParam) ?? 0);
}
