import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { planhat } from '../planhat/planhat.ts';
import { webex } from '../webex/webex.ts';
import { zoom } from '../zoom/zoom.ts';
import { at, beginByHand, draw, managerField, partsOf, presetOf } from './drawing.ts';

interface Place {
  vendor: Vendor;
  /** The person field that keeps the account's id, and where the answer has it. */
  field: string;
  label: string;
  id: string;
}

const places: readonly Place[] = [
  { vendor: webex, field: 'webex_user_id', label: 'Webex User ID', id: '{{response.id}}' },
  { vendor: zoom, field: 'zoom_id', label: 'Zoom ID', id: '{{response.id}}' },
  { vendor: planhat, field: 'planhat_user_id', label: 'Planhat User ID', id: '{{response._id}}' },
];

/** The preset *Create User*, with the id of the new account kept on the person. */
function createAt({ vendor, field, id }: Place, credentialId: string) {
  const settings = presetOf(vendor, 'create-user', credentialId);
  const keepId = { value: id, target: { kind: 'person', name: field } } as const;
  return { ...settings, response: { ...settings.response, success: [...settings.response.success, keepId] } };
}

/** Gives a new colleague accounts, one app after the other, and tells the manager when all are there. */
export const onboarding: Recipe = {
  id: 'onboarding',
  title: 'Onboarding in Webex, Zoom and Planhat',
  summary:
    'Creates an account in each app for people who have none there, keeps the new ids on the person, and tells the manager by e-mail. Run again after a failure, it goes on where accounts are missing.',
  records: 'people',
  needs: places.map(({ vendor }) => ({ vendorId: vendor.id, parts: ['credentialId'] })),
  fields: [
    ...places.map(({ field, label }) => ({ recordType: 'person' as const, externalId: field, label })),
    managerField,
  ],
  build(parts) {
    const blocks: Parameters<typeof draw>[0] = { begin: ['begin', 'Begin', at(0, 0), beginByHand] };
    const edges: string[] = [];
    let open = ['begin.next'];
    for (const [row, place] of places.entries()) {
      const { id, title } = place.vendor;
      const none = { match: 'all', rules: [{ field: place.field, operator: 'is_empty' }] };
      blocks[`no_${id}`] = ['if', `No ${title} account yet`, at(1, row * 200), { condition: none }];
      blocks[`create_${id}`] = [
        'api',
        `Create in ${title}`,
        at(2, row * 200),
        createAt(place, partsOf(parts, id).credentialId),
      ];
      edges.push(...open.map((exit) => `${exit} > no_${id}`), `no_${id}.yes > create_${id}`);
      open = [`create_${id}.success`, `no_${id}.no`];
    }
    blocks.tell = [
      'notify',
      'Tell the manager',
      at(1, 600),
      {
        when: 'each',
        channel: 'email',
        level: 'success',
        addresses: '{{manager_email}}',
        title: 'Accounts of {{first_name}} {{last_name}} are ready',
        message: '{{first_name}} {{last_name}} ({{email}}) now has accounts in Webex, Zoom and Planhat.',
      },
    ];
    edges.push(...open.map((exit) => `${exit} > tell`));
    return {
      name: 'Onboarding',
      description: 'Creates accounts in Webex, Zoom and Planhat and tells the manager.',
      records: { kind: 'people' },
      graph: draw(blocks, edges),
    };
  },
};
