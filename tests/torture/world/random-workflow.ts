import { settingsFromPreset } from '#domain/api-settings';
import type { Graph } from '#domain/workflow';
import { vendors } from '#presets';
import type { Random } from '../../../server/sandbox/random.ts';
import { aGraph } from '../../support/engine-world.ts';

type Blocks = Parameters<typeof aGraph>[0];

const webex = vendors.find(({ id }) => id === 'webex')!;
const credential = { mode: 'static', credentialId: 'crd_1' } as const;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Where a path goes on after a block of a type. */
const goesOn: Record<string, readonly string[]> = {
  api: ['success', 'failure'],
  'update-record': ['success'],
  notify: ['success'],
  if: ['yes', 'no', 'unknown'],
  'inactive-for': ['inactive', 'active', 'unknown'],
};

/**
 * A workflow of up to eight blocks, one after the other, with side ways that meet again. Its later requests may need
 * what earlier ones answered: any of them, or only those that read.
 */
export function randomWorkflow(random: Random, needs: 'any answer' | 'reads' = 'any answer'): Graph {
  const blocks: Blocks = { begin: ['begin'] };
  const edges: string[] = [];
  const variables: string[] = [];
  let open: string[] = ['begin.next'];
  const count = random.whole(1, 8);
  for (let i = 1; i <= count; i += 1) {
    const id = `b${i}`;
    const [type, settings] = randomBlock(random, id, variables, needs);
    blocks[id] = [type, settings];
    edges.push(...open.map((exit) => `${exit} > ${id}`));
    const exits = goesOn[type] ?? [];
    // The first exit leads on; every other one now and then.
    open = exits.filter((_, at) => at === 0 || random.whole(1, 3) === 1).map((exit) => `${id}.${exit}`);
  }
  return aGraph(blocks, edges);
}

function randomBlock(
  random: Random,
  id: string,
  variables: string[],
  needs: 'any answer' | 'reads',
): [type: string, settings: Record<string, unknown>] {
  switch (random.whole(1, 9)) {
    case 1:
      return ['update-record', randomUpdate(random)];
    case 2: {
      const when = random.pick(['each', 'end'] as const);
      return ['notify', { when, title: `{{email}} ${id}`, message: 'x' }];
    }
    case 3: {
      const rule = { field: 'email', operator: 'contains', value: random.pick(['p1', 'p2', 'x']) };
      return ['if', { condition: { match: 'all', rules: [rule] } }];
    }
    case 4:
      return ['inactive-for', { lastActivity: '{{last_activity}}', days: random.whole(1, 400) }];
    case 5:
    case 6:
      return ['api', presetBlock(random, needs)];
    default:
      return ['api', freeBlock(random, id, variables, needs)];
  }
}

function randomUpdate(random: Random): Record<string, unknown> {
  if (random.whole(1, 2) === 1) return { setStatus: random.pick(['active', 'deactivated']) };
  const target = { kind: 'person', name: random.pick(['first_name', 'api_response']) };
  return { setStatus: 'keep', assignments: [{ target, value: `{{email}} ${random.whole(1, 9)}` }] };
}

function presetBlock(random: Random, needs: 'any answer' | 'reads'): Record<string, unknown> {
  const preset = random.pick(webex.presets);
  const settings = settingsFromPreset(webex, preset, credential.credentialId);
  for (const input of preset.inputs) settings.inputs[input.name] ||= '{{email}}';
  if (needs === 'reads' && settings.method !== 'GET') settings.response = { success: [], failure: [] };
  return settings;
}

/** A request of the author's own, which may need what an earlier one answered. */
function freeBlock(
  random: Random,
  id: string,
  variables: string[],
  needs: 'any answer' | 'reads',
): Record<string, unknown> {
  const method = random.pick(methods);
  const known = variables.length > 0 && random.whole(1, 3) === 1 ? random.pick(variables) : 'webex_user_id';
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response: { success: object[]; failure: object[] } = { success: [], failure: [] };
  if (random.whole(1, 3) === 1 && (needs === 'any answer' || method === 'GET')) {
    response.success.push({ value: 'response.id', target: { kind: 'variable', name: `v_${id}` } });
    variables.push(`v_${id}`);
  }
  return {
    vendorId: 'webex',
    authorization: credential,
    method,
    url: `/${random.pick(['people', 'things'])}/{{${known}}}`,
    success: { statuses: [200, 204], mediaType: 'any' },
    response,
    ...(hasBody ? { bodyKind: 'json', body: `{"name": {{email}}, "of": {{${known}}}}` } : {}),
  };
}
