import { apiSettingsSchema } from '../domain/api-settings.ts';
import { type Credential, hostsOf } from '../domain/credential.ts';
import type { Graph } from '../domain/workflow.ts';
import type { BlockDefinition, BlockEffect } from './block.ts';
import { parseSettings } from './parse-settings.ts';
import type { Vendors } from './vendor-ports.ts';

/** A block that takes something from accounts, or may. */
export interface HarmfulBlock {
  block: string;
  name: string;
  does: BlockEffect['does'];
  vendorId: string;
  /** The one credential that its calls go out with; null when a field of the record names it. */
  credentialId: string | null;
}

type Types = ReadonlyMap<string, BlockDefinition>;

/** Blocks whose calls count against limits. What is only known by its method counts, too. */
export function findHarmfulBlocks({ blocks }: Graph, types: Types, vendors: Vendors): HarmfulBlock[] {
  return blocks.flatMap(({ id, name, type: typeId, settings }) => {
    const type = types.get(typeId);
    const parsed = type && parseSettings(type, settings);
    const effect = parsed?.ok ? type?.effect?.(parsed.settings, vendors) : undefined;
    if (!effect || effect.limitKind === null) return [];
    const { does, vendorId } = effect;
    return [{ block: id, name, does, vendorId, credentialId: credentialOf(settings) }];
  });
}

/**
 * Whether everything harmful goes to vendors that this server imitates itself: the accounts there are made up, so one
 * person is enough. Of a credential that records name nobody knows where it leads.
 */
export function isImitated(
  harmful: readonly Pick<HarmfulBlock, 'credentialId'>[],
  credentials: readonly Pick<Credential, 'id' | 'baseUrl' | 'tokenUrl' | 'apiUrl'>[],
  sandboxHosts: ReadonlySet<string>,
): boolean {
  return harmful.every(({ credentialId }) => {
    const credential = credentials.find(({ id }) => id === credentialId);
    return credential !== undefined && hostsOf(credential).every((host) => sandboxHosts.has(host));
  });
}

function credentialOf(settings: unknown): string | null {
  const parsed = apiSettingsSchema.pick({ authorization: true }).safeParse({
    authorization: (settings as { authorization?: unknown }).authorization,
  });
  if (!parsed.success || parsed.data.authorization.mode !== 'static') return null;
  return parsed.data.authorization.credentialId || null;
}
