import { createRandom, type Random } from '../../../server/sandbox/random.ts';
import { aGraph, type World } from '../../support/engine-world.ts';
import { answer, type Script } from '../../support/scripted-client.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { openFrozen, runOnce } from '../world/frozen.ts';
import { leave } from '../world/open.ts';
import { deletion } from './limits.ts';

const recordsEach = 1_000;
const hourMs = 3_600_000;

/** Looks at somebody, and deletes whoever was not seen for 90 days, or is not active. */
const guarded = aGraph(
  {
    begin: ['begin'],
    look: [
      'api',
      {
        vendorId: 'webex',
        authorization: { mode: 'static', credentialId: 'crd_1' },
        method: 'GET',
        url: '/people/{{webex_user_id}}',
        success: { statuses: [200], mediaType: 'any' },
        response: {
          success: [
            { value: 'response.lastActivity', target: { kind: 'variable', name: 'seen' } },
            { value: 'response.status', target: { kind: 'variable', name: 'state' } },
          ],
          failure: [],
        },
      },
    ],
    inactive: ['inactive-for', { lastActivity: '{{seen}}', days: 90 }],
    gone: [
      'if',
      {
        condition: {
          match: 'any',
          rules: [
            { field: 'state', operator: 'does_not_equal', value: 'active' },
            { field: 'seen', operator: 'more_than_days_ago', value: 90 },
          ],
        },
      },
    ],
    remove: deletion.blocks[1] ? ['api', deletion.blocks[1].settings] : ['end'],
  },
  [
    'begin.next > look',
    'look.success > inactive',
    'inactive.inactive > remove',
    'inactive.unknown > gone',
    'gone.yes > remove',
  ],
);

/** S7: nobody is deleted of whom it is not known when they were seen last. Whose account it is, is a matter of S12. */
export async function unknown(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(7);
  const found: string[] = [];
  let good = 0;
  for (let done = 0; done < rounds; done += recordsEach) {
    const people = Math.min(recordsEach, rounds - done) + 1;
    const spoilt = new Map<string, object | string>();
    let real = '';
    const script: Script = ({ method, url }) => {
      if (method === 'DELETE') return answer(204);
      const id = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
      if (id === real) return answer(200, account(id, 365));
      const known = spoilt.get(id) ?? spoil(random, id);
      spoilt.set(id, known);
      return answer(200, known);
    };
    const { world, names } = openFrozen(random, guarded, { people, script, inFlight: 64 });
    real = `wx-${names[0]}`;
    await runOnce(world, 'run');
    // So many bad answers stop the workflow: then whoever came as far as the deletion is held there.
    for (const recordId of cameAsFar(world)) {
      const id = recordId.replace('sus_', 'wx-');
      if (id === real) good += 1;
      else found.push(`${id} would be deleted: ${JSON.stringify(spoilt.get(id))}`);
    }
    await world.runner.stop();
    leave(world);
    if (done > 0 && done % 10_000 === 0) tell(`${done} of ${rounds} records`);
  }
  const controls = Math.ceil(rounds / recordsEach);
  if (good !== controls)
    found.push(`Of ${controls} people who surely were not seen, ${good} came as far as the deletion.`);
  const sentence = `${rounds} records with missing or malformed answers: ${found.length} of them came as far as the deletion; ${good} of ${controls} sound ones did`;
  return toFigure('S7', sentence, found);
}

const cameAsFar = ({ database }: World): string[] =>
  database.$client
    .prepare<[], { id: string }>(
      `SELECT r.record_id AS id FROM steps s JOIN run_records r ON r.run = s.run AND r.n = s.record_n
      WHERE s.block = 'remove'`,
    )
    .all()
    .map(({ id }) => id);

function account(id: string, daysAgo: number): Record<string, unknown> {
  const lastActivity = new Date(Date.parse('2026-11-21T09:00:00Z') - daysAgo * 24 * hourMs).toISOString();
  return { id, emails: [`${id.replace('wx-', '')}@acme.test`], status: 'active', lastActivity };
}

const noTimes = [
  null,
  '',
  ' ',
  'never',
  'unknown',
  '0',
  0,
  -1,
  true,
  [],
  {},
  '2026-13-45',
  '21/11/2020',
  '1970-01-01',
];
const noStates = [null, '', ' ', [], {}, 'active', 'ACTIVE'];
/** An answer that does not say when somebody was seen last, nor that they are not active. */
function spoil(random: Random, id: string): object | string {
  const whole = account(id, 365);
  const { lastActivity: _seen, status: _state, ...rest } = whole;
  switch (random.whole(1, 4)) {
    case 1:
      return { ...whole, lastActivity: random.pick(noTimes), status: random.pick(noStates) };
    case 2:
      return rest;
    case 3:
      return { ...rest, user: { lastActivity: whole.lastActivity, status: 'inactive' } };
    default:
      return random.pick(['<html></html>', '{"id":', '[]', 'null', '"text"', JSON.stringify([whole])]);
  }
}
