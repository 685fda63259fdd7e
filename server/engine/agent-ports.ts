import type { Agent, AgentCredential } from '../domain/agent.ts';
import type { Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import type { MappedRecord } from './load-ports.ts';
import type { UserLoad } from './user-load.ts';

export interface AgentStore {
  list(): Promise<Agent[]>;
  find(id: string): Promise<Agent | undefined>;
  findByKey(keyHash: string): Promise<Agent | undefined>;
  /** Throws `conflict` when the name is in use. */
  insert(
    agent: { id: string; name: string; tokenHash: string; tokenExpiresAt: number },
    at: number,
  ): Promise<void>;
  /** Takes its key away and lets a new token register it; false when there is no such agent. */
  invite(id: string, tokenHash: string, tokenExpiresAt: number): Promise<boolean>;
  /** Gives the agent of this token its key, once. Undefined when no token of that hash is good now. */
  register(tokenHash: string, keyHash: string, version: string, at: number): Promise<Agent | undefined>;
  /** Keeps what it said of itself. */
  contacted(id: string, said: AgentReport, at: number): Promise<void>;
  /** Throws `conflict` while an integration loads by it. False when there is none. */
  remove(id: string): Promise<boolean>;
}

export interface AgentReport {
  version: string;
  credentials: AgentCredential[];
}

export interface AgentService {
  list(): Promise<Agent[]>;
  /** The token is shown to whoever adds the agent and kept nowhere. Throws `conflict` when the name is in use. */
  create(name: string): Promise<{ agent: Agent; token: string }>;
  /** A new token. Whoever had the agent's key gets no answer with it any more. */
  invite(id: string): Promise<{ agent: Agent; token: string }>;
  remove(id: string): Promise<void>;
  /** Throws `unauthorized` for a token that was used, has expired or was never given. */
  register(token: string, version: string): Promise<{ name: string; key: string }>;
  /** The agent that holds this key; throws `unauthorized` when none does. */
  byKey(key: string): Promise<Agent>;
  contact(agent: Agent, report: AgentReport): Promise<void>;
  /** Lets the agent test a credential of its own. */
  testCredential(id: string, credential: string): Promise<{ isOk: boolean; message: string }>;
}

/** What an agent is given to do. */
export interface AgentLoad extends Pick<UserLoad, 'load' | 'appId' | 'fields'> {
  fence: string;
  integration: Integration;
}

export interface AgentPage {
  fence: string;
  position: number;
  pages: number;
  records: MappedRecord[];
}

/** Loads that agents do. Every method that takes a fence throws `conflict` when the load was given out anew since. */
export interface AgentLoads {
  /** The load that an agent is to begin, when it is at none; and whether the one that it is at is still its own. */
  next(agent: Agent, fence: string | null): Promise<{ goesOn: boolean; work: AgentLoad | null }>;
  /** Writes records. What was written already is not written again: the answer is the same. */
  page(agent: Agent, loadId: string, page: AgentPage): Promise<Load>;
  names(agent: Agent, loadId: string, fence: string, lists: [string, string][][]): Promise<void>;
  /** `error` is why the list could not be read to its end. */
  end(agent: Agent, loadId: string, fence: string, error: string | null): Promise<void>;
  /** Gives loads up whose agent was not heard of for long. */
  giveUpSilent(): Promise<void>;
}
