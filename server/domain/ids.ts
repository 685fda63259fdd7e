import { v7 } from 'uuid';

/** What an id names: the prefix makes a stray id readable in a log. */
export const idPrefixes = {
  person: 'per',
  app: 'app',
  saasUser: 'sus',
  field: 'fld',
  credential: 'crd',
  integration: 'int',
  load: 'lod',
  workflow: 'wf',
  version: 'ver',
  run: 'run',
  notification: 'ntf',
  operator: 'opr',
  token: 'tok',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A new id such as `wf_0195…`: ids of one kind sort by the time they were made. */
export type NewId = (kind: IdKind) => string;

export const newId: NewId = (kind) => `${idPrefixes[kind]}_${v7().replaceAll('-', '')}`;
