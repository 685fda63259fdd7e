import type { Recipe, RecipeField } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { at, beginByHand, draw, everything, partsOf } from './drawing.ts';

/** Reads role, licences and last activity of every account anew, every night, and marks those that are gone. */
export const roleSync = (vendor: Vendor, ...fields: RecipeField[]): Recipe => ({
  id: `${vendor.id}-role-sync`,
  title: `${vendor.title} role sync`,
  summary: `Every night: loads all ${vendor.title} users, writes each one's role and last activity to the SaaS user, and marks accounts that ${vendor.title} says are gone. Changes nothing at ${vendor.title}.`,
  records: 'saas_users',
  needs: [{ vendorId: vendor.id, parts: everything }],
  fields,
  build(parts) {
    const { credentialId, integrationId, appId } = partsOf(parts, vendor.id);
    const nightly = { cron: '0 3 * * *', timeZone: 'UTC' };
    const graph = draw(
      {
        begin: ['begin', 'Every night', at(0, 0), { ...beginByHand, trigger: 'schedule', schedule: nightly }],
        load_users: ['user-load', `Load ${vendor.title} users`, at(1, 0), { integrationId }],
        look_up: [
          'saas-user-role',
          `Look up in ${vendor.title}`,
          at(2, 0),
          { vendorId: vendor.id, credentialId, deactivateMissing: true },
        ],
        summary: [
          'notify',
          'Summary',
          at(3, 0),
          {
            when: 'end',
            level: 'info',
            title: `${vendor.title}: roles are up to date`,
            message:
              '{{default blocks.look_up.found 0}} accounts read, {{default blocks.look_up.not_found 0}} are gone, {{default run.failed 0}} could not be read.',
          },
        ],
      },
      [
        'begin.next > load_users',
        'load_users.success > look_up',
        'look_up.found > summary',
        'look_up.not_found > summary',
      ],
    );
    return {
      name: `${vendor.title} role sync`,
      description: `Keeps roles and last activity of ${vendor.title} accounts up to date.`,
      records: { kind: 'saas_users', appId },
      graph,
    };
  },
});
