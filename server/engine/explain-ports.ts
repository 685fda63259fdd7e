import type { Explanation } from '../domain/explanation.ts';

/** Tells what was done to somebody's accounts, and why. Undefined where there is no such record. */
export interface ExplanationReader {
  ofPerson(id: string, now: number): Promise<Explanation | undefined>;
  ofSaasUser(appId: string, id: string, now: number): Promise<Explanation | undefined>;
}
