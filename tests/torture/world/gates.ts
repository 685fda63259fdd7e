import type { RunStore } from '#engine/run-store-ports';
import type { FaultPoints, Point } from './fault-points.ts';

export interface Gate extends FaultPoints {
  passed: number;
  /** Resolves when the Nth point was reached. */
  reached: Promise<void>;
  open(): void;
}

/**
 * Stops a process at its Nth point, as the operating system may at any time: nothing of it goes on, neither at that
 * place nor at any other, until the gate is opened.
 */
export function gateAt(n: number): Gate {
  const arrival = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  const gate: Gate = {
    passed: 0,
    reached: arrival.promise,
    open: opening.resolve,
    pass() {},
    async reach() {
      gate.passed += 1;
      if (gate.passed === n) arrival.resolve();
      if (gate.passed >= n) await opening.promise;
    },
  };
  return gate;
}

type Method = (...args: unknown[]) => unknown;

/** A store whose every write that is waited for passes the points, before it is handed in and after its commit. */
export function gatedStore(store: RunStore, faults: FaultPoints): RunStore {
  const wrap = (name: string, call: Method): Method => {
    if (name === 'create') {
      return (...args) => {
        const { row, saved } = call(...args) as ReturnType<RunStore['create']>;
        return { row, saved: saved.then(() => faults.reach('after a commit')) };
      };
    }
    return async (...args) => {
      await faults.reach('before a write' satisfies Point);
      const result = await call(...args);
      await faults.reach('after a commit');
      return result;
    };
  };
  const methods = Object.entries(store as unknown as Record<string, Method>);
  return Object.fromEntries(methods.map(([name, call]) => [name, wrap(name, call)])) as unknown as RunStore;
}
