import type { Agent, AgentCredential } from '../domain/agent.ts';

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
}
