/** What came of a question that an Approval block asked. */
export interface Answer {
  status: 'approved' | 'denied' | 'expired' | 'withdrawn';
  by: string | null;
  reason: string;
}

/** Records that wait for an answer, under one code. */
export interface Waiting {
  count: number;
  /** Of the first ones, in order. */
  labels: string[];
  /** SHA-256 over the ids of all. */
  hash: string;
  /** What is asked, as the first of them says it. */
  question: string;
  /** When the last of them began to wait. */
  since: number;
}

export interface AskStore {
  waiting(run: number, code: string): Promise<Waiting | undefined>;
  /** The first answer to what was asked for this code since then. */
  answer(runId: string, code: string, since: number): Promise<Answer | undefined>;
}
