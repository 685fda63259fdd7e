import { z } from 'zod';

/** What a call may do to an account at a vendor. */
export const presetEffects = [
  'read',
  'create',
  'update',
  'enable',
  'disable',
  /** Gives more, and takes nothing that is there. */
  'assign-licences',
  'remove-licences',
  /** Says which licences somebody has: those that the call does not name are taken away. */
  'set-licences',
  'assign-role',
  'remove-role',
  /** Puts a role in the place of the one that somebody has, and it may be a lower one. */
  'set-role',
  'end-sessions',
  /** The account leaves the organisation, whatever becomes of it. */
  'delete',
] as const;

/** How far an effect can be taken back. What no vendor promises to bring back counts as permanent. */
export const undoSchema = z.discriminatedUnion('kind', [
  /** `by` names the preset that takes it back; absent where no preset of ours does. */
  z.strictObject({ kind: z.literal('reversible'), by: z.string().optional() }),
  /** The vendor keeps what was removed for so many days. */
  z.strictObject({ kind: z.literal('recoverable'), days: z.int().positive() }),
  z.strictObject({ kind: z.literal('permanent') }),
]);
export type Undo = z.infer<typeof undoSchema>;

/** What a preset does, and how far that can be taken back. There is nothing to take back of a read. */
export const presetEffectSchema = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('read') }),
  z.strictObject({ does: z.enum(presetEffects).exclude(['read']), undo: undoSchema }),
]);
export type PresetEffect = z.infer<typeof presetEffectSchema>;

/** What a call does; `unknown` is a change about which only its method is known. */
export type CallEffect = PresetEffect | { does: 'unknown'; undo: Undo };

/** Effects that take something from somebody: the account, the login, licences, a role, a session. */
export const harmfulEffects = [
  'delete',
  'disable',
  'remove-licences',
  'set-licences',
  'remove-role',
  'set-role',
  'end-sessions',
] as const satisfies readonly PresetEffect['does'][];
export type HarmfulEffect = (typeof harmfulEffects)[number];

export const isHarmful = (does: CallEffect['does']): does is HarmfulEffect =>
  harmfulEffects.some((one) => one === does);
