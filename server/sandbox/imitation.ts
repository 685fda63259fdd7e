import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultInput, Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Refusal } from './refusal.ts';
import type { Call } from './world.ts';

/** What every imitated vendor can be started with. */
export interface SandboxOptions<Person> {
  /** 0 picks a free one. Only this machine can connect. */
  port?: number;
  /** Milliseconds. Rate limits go by it too: under a clock that stands still, a spent allowance stays spent. */
  now?: () => number;
  /** An administrator is added at the end when there is none among them. Default: the example company. */
  people?: Person[];
  /** Size of the example company. */
  peopleCount?: number;
  /** Keeps people, tokens and ledger over restarts; what it was first opened with wins over `people` and `peopleCount`. */
  stateFile?: string;
  /** Added to every call. */
  latencyMs?: number;
}

/** A running imitation of a vendor. */
export interface Sandbox<Person, Answer = object> {
  /** Such as `http://127.0.0.1:4010`, without a path. */
  url: string;
  ledger: Ledger;
  faults: Faults;
  inject(fault: FaultInput): void;
  /** Everybody as they are now. */
  people(): Person[];
  /** Tokens without the consent page; every scope and the IT administrator unless told otherwise. */
  issueToken(wanted?: { email?: string | undefined; scope?: string | undefined }): Answer;
  /** Drops open connections and stops. */
  close(): Promise<void>;
}

/** What one vendor adds to the machinery that all imitations share. */
export interface Imitation<Person, Answer = object> {
  title: string;
  /** What all paths of the API begin with; empty when they share nothing. */
  prefix: string;
  /** Where the API is, for the overview page. */
  apiPath: string;
  issueToken: Sandbox<Person, Answer>['issueToken'];
  /** Finds out who calls and takes the allowance. Throws the vendor's refusal. */
  admit(call: Call<Person>, request: FastifyRequest, reply: FastifyReply): void;
  /** Registers the routes; paths are below `prefix`. */
  serve(app: FastifyInstance): void;
  /** The person whom a path is about; paths come whole and without a query. */
  personIdOf(path: string): string | null;
  /** What is said to a method or a path that the vendor does not have. */
  refuseUnknown(method: string, path: string): Refusal;
  /** `reference` is different for each answer. */
  toErrorBody(refusal: Refusal, reference: string): unknown;
  /** On every answer. */
  headersOf?(reference: string): Record<string, string>;
}
