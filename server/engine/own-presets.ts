import type { ApiSettings } from '../domain/api-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import type { OwnPreset, OwnPresetInput } from '../domain/own-preset.ts';
import type { Principal } from './access-ports.ts';
import type { OwnPresetRow, OwnPresetService, OwnPresetStore } from './own-preset-ports.ts';
import type { Clock } from './ports.ts';

export interface OwnPresetsDeps {
  store: OwnPresetStore;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

/** Requests that operators saved to use them again. */
export function createOwnPresets({ store, clock, newId }: OwnPresetsDeps): OwnPresetService {
  async function find(id: string): Promise<OwnPresetRow> {
    const found = (await store.all()).find((one) => one.id === id);
    if (!found) throw new AppError('not_found', 'This preset does not exist any more.');
    return found;
  }

  async function keep(id: string, input: OwnPresetInput, createdBy: string): Promise<OwnPreset> {
    const twin = (await store.all()).find((one) => one.title === input.title && one.id !== id);
    if (twin)
      throw new AppError('conflict', `There is a preset "${input.title}" already. Choose another name.`, {
        place: 'title',
      });
    const settings = toKept(input.settings, id);
    const row = {
      id,
      title: input.title,
      summary: input.summary,
      settings,
      createdBy,
      updatedAt: clock.now(),
    };
    await store.save(row);
    return toView(row);
  }

  return {
    list: async () => (await store.all()).map(toView),
    add: (input, by: Principal) => keep(newId('ownPreset'), input, by.name),
    change: async (id, input) => keep(id, input, (await find(id)).createdBy),

    async remove(id) {
      const { title } = await find(id);
      const [first, ...more] = await store.usedBy(id);
      if (first !== undefined) {
        const others = more.length === 0 ? '' : ` and ${more.length} more`;
        throw new AppError(
          'conflict',
          `The workflow "${first}"${others} uses the preset "${title}". Choose another preset there first.`,
        );
      }
      await store.remove(id);
    },
  };
}

/** What is kept of a block: all but its credential, which is a secret's name and none of a preset's business. */
function toKept(settings: ApiSettings, id: string): ApiSettings {
  const { authorization } = settings;
  return {
    ...settings,
    ownPresetId: id,
    authorization: authorization.mode === 'static' ? { mode: 'static', credentialId: '' } : authorization,
  };
}

const toView = (row: OwnPresetRow): OwnPreset => ({
  ...row,
  updatedAt: new Date(row.updatedAt).toISOString(),
});
