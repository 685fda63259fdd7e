import { AppError } from '../domain/errors.ts';
import { builtInRole, givesRole, type PersonRole, withRole } from '../domain/person-role.ts';
import type { Clock } from './ports.ts';
import type { RoleAuthor, RoleService, RoleStore } from './record-ports.ts';
import type { IntegrationService } from './service-ports.ts';

export interface RoleDeps {
  store: RoleStore;
  integrations: Pick<IntegrationService, 'list' | 'change'>;
  clock: Pick<Clock, 'now'>;
}

/** Roles of the organisation's people. Loads may bring others: those are in the list as soon as somebody has them. */
export function createRoles({ store, integrations, clock }: RoleDeps): RoleService {
  async function list(): Promise<PersonRole[]> {
    const [had, mapped] = [await store.list(), await integrations.list()];
    const isThere = had.some(({ name }) => name === builtInRole);
    return [...(isThere ? [] : [{ name: builtInRole, people: 0 }]), ...had]
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
      .map((role) => ({
        ...role,
        isBuiltIn: role.name === builtInRole,
        integrations: mapped
          .filter(({ mapping }) => givesRole(mapping, role.name))
          .map(({ id, name }) => ({ id, name })),
      }));
  }

  async function find(name: string): Promise<PersonRole> {
    const role = (await list()).find((each) => each.name === name);
    if (!role) throw new AppError('not_found', `There is no role "${name}". It may have been removed.`);
    if (role.isBuiltIn) {
      throw new AppError(
        'conflict',
        `"${name}" is the role that every organisation has. Add another role and give people that one.`,
      );
    }
    return role;
  }

  async function refuseTaken(name: string, except?: string): Promise<void> {
    const isSame = (other: string) => other.toLowerCase() === name.toLowerCase() && other !== except;
    const other = (await list()).find((role) => isSame(role.name));
    if (!other) return;
    throw new AppError('conflict', `There is a role "${other.name}" already. Choose another name.`, {
      place: 'name',
    });
  }

  /** Mappings first: a load in between would bring the old role back. */
  async function replace(role: PersonRole, by: string, who: RoleAuthor) {
    const mappingNote = `Role "${role.name}" is "${by}" now.`.slice(0, 500);
    for (const { id, mapping } of await integrations.list()) {
      if (givesRole(mapping, role.name))
        await integrations.change(id, { mapping: withRole(mapping, role.name, by), mappingNote }, who.name);
    }
    await store.replace(role.name, by, who.cause, clock.now());
    return await list();
  }

  return {
    list,

    async create(name) {
      await refuseTaken(name);
      await store.add(name, clock.now());
      return await list();
    },

    async rename(name, to, who) {
      const role = await find(name);
      await refuseTaken(to, name);
      return await replace(role, to, who);
    },

    async remove(name, replacement, who) {
      const role = await find(name);
      const isUsed = role.people > 0 || role.integrations.length > 0;
      if (!isUsed) {
        await store.remove(name);
        return await list();
      }
      if (replacement === undefined) {
        throw new AppError(
          'conflict',
          `${usesOf(role)} the role "${name}". Name the role that takes its place.`,
        );
      }
      const isListed = (await list()).some((each) => each.name === replacement);
      if (!isListed || replacement === name) {
        throw new AppError(
          'invalid',
          `"${replacement}" cannot take the place of "${name}". Choose another role.`,
          {
            place: 'replacement',
          },
        );
      }
      return await replace(role, replacement, who);
    },
  };
}

/** `37 people and the mapping of "Webex" have`. */
function usesOf({ people, integrations }: PersonRole): string {
  const names = integrations.map(({ name }) => `"${name}"`).join(', ');
  const parts = [
    ...(people > 0 ? [`${people} ${people === 1 ? 'person' : 'people'}`] : []),
    ...(names === '' ? [] : [`the mapping of ${names}`]),
  ];
  return `${parts.join(' and ')} ${people === 1 && names === '' ? 'has' : 'have'}`;
}
