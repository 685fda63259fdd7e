import type { OwnPreset, OwnPresetInput } from '../domain/own-preset.ts';
import type { Principal } from './access-ports.ts';

/** Times are milliseconds since 1970. */
export type OwnPresetRow = Omit<OwnPreset, 'updatedAt'> & { updatedAt: number };

export interface OwnPresetStore {
  /** By title. */
  all(): Promise<OwnPresetRow[]>;
  /** Adds it, or puts it in the place of the one with its id. */
  save(row: OwnPresetRow): Promise<void>;
  remove(id: string): Promise<void>;
  /** Names of the workflows with a block made of it, in the draft or in the active version. */
  usedBy(id: string): Promise<string[]>;
}

export interface OwnPresetService {
  list(): Promise<OwnPreset[]>;
  /** Throws `conflict` when the title is taken. */
  add(input: OwnPresetInput, by: Principal): Promise<OwnPreset>;
  change(id: string, input: OwnPresetInput): Promise<OwnPreset>;
  /** Throws `conflict` while a workflow uses it. */
  remove(id: string): Promise<void>;
}
