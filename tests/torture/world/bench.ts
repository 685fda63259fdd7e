import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestClock, type TestClock } from '../../support/test-clock.ts';
import { check, type Expected, type Verdict } from './check.ts';
import { isInactive, prepareCleanUp, vendorAccounts } from './clean-up.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** What one round works with: a fresh copy of the database, a fresh vendor, a fresh clock. */
export interface Round {
  file: string;
  ledger: Ledger;
  clock: TestClock;
  /** Ids of runs whose start was answered. */
  acknowledged: string[];
  judge(more?: Pick<Expected, 'committed'>): Verdict;
}

export interface Bench {
  people: number;
  newRound(): Round;
  close(): void;
}

/** A prepared clean-up over so many people, and rounds on copies of it. */
export function createBench(people: number): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-torture-'));
  const template = join(folder, 'template.db');
  prepareCleanUp(template, people);
  const accounts = vendorAccounts(people);
  const inactive = new Set(accounts.filter((_, n) => isInactive(n)).map(({ id }) => id));
  let rounds = 0;

  return {
    people,
    newRound() {
      rounds += 1;
      const place = join(folder, String(rounds % 2));
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      const file = join(place, 'rollcall.db');
      copyFileSync(template, file);
      const clock = createTestClock();
      const ledger = createLedger(accounts, clock.now);
      const acknowledged: string[] = [];
      return {
        file,
        clock,
        ledger,
        acknowledged,
        judge: (more = {}) =>
          check({ file, entries: ledger.entries, acknowledged, records: people, inactive, ...more }),
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
