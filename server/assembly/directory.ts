import { createFields } from '#engine/fields';
import { createOperators } from '#engine/operators';
import { createPeople } from '#engine/people';
import { createRoles } from '#engine/roles';
import { createExplanationReader } from '../store/explanations.ts';
import { createFieldStore } from '../store/fields.ts';
import { createOverviewReader } from '../store/overview.ts';
import { createPeopleReader, createPeopleWriter } from '../store/people.ts';
import { createRoleStore } from '../store/roles.ts';
import { createUnclearReader } from '../store/unclear-calls.ts';
import { operatorDeps } from './access.ts';
import type { Foundation } from './foundation.ts';
import type { Guarding } from './guarding.ts';
import type { Loading } from './loading.ts';

/** People, their fields and roles, and who works with them. */
export function createDirectory(foundation: Foundation, { integrations }: Loading, { guard }: Guarding) {
  const { database, config, publicUrl, common, audit, types } = foundation;
  const { clock } = common;
  const people = createPeopleReader(database);
  const fields = createFields({
    ...common,
    store: createFieldStore(database),
    integrations: foundation.integrationStore,
    workflows: foundation.workflowStore,
    types,
  });
  const roles = createRoles({ store: createRoleStore(database), integrations, clock });
  return {
    ...{ people, fields, roles },
    changePeople: createPeople({
      reader: people,
      writer: createPeopleWriter(database),
      fields,
      roles,
      clock,
    }),
    operators: createOperators({
      ...common,
      ...operatorDeps(database, config.mail !== null),
      audit,
      guard,
      publicUrl,
    }),
    overview: createOverviewReader(database),
    explanations: createExplanationReader(database),
    unclearCalls: createUnclearReader(database),
  };
}
