import { expect, it } from 'vitest';
import { parseTemplate, renderValue } from '#engine/template';
import { answer } from '../support/scripted-client.ts';
import { free, openTestRequests } from '../support/test-request-world.ts';

const ada = {
  webex_user_id: 'wx-ada',
  name: 'Ada & Co',
  phone: '312-800-9919',
  position: 'IT Manager',
  response: { items: [{ id: 'a1' }], profile: { first_name: 'Ada' }, 'x-total-count': 7 },
  response_headers: { vary: 'Accept' },
  GlobalSetting: { 'Zendesk.Subdomain': 'acme' },
};
const render = (text: string): unknown => renderValue(parseTemplate(text), ada);

// What people bring along from the product that they know, and what becomes of it here.
it.each<[written: string, becomes: unknown]>([
  ['{{webex_user_id}}', 'wx-ada'],
  ['<<webex_user_id>>', 'wx-ada'],
  ['All: {{response.profile}}', 'All: {"first_name":"Ada"}'],
  ['{{response.profile.first_name}}', 'Ada'],
  ['{{response.profile["first_name"]}}', 'Ada'],
  ['{{response["x-total-count"]}}', 7],
  ['{{response.items[0].id}}', 'a1'],
  ['{{"constant"}}', 'constant'],
  ['{{name|urlencode}}', 'Ada%20%26%20Co'],
  ['{{map position "IT Manager" "25"}}', '25'],
  ['{{#if name}}yes{{/if}}', 'yes'],
  ["{{GlobalSetting['Zendesk.Subdomain']}}", 'acme'],
  ['{{response_headers.Vary}}', 'Accept'],
  ['{{phone|as_is}}', '312-800-9919'],
  ['{{phone}}', '312-800-9919'],
  ['{{nobody_knows}}', undefined],
])('%s', (written, becomes) => {
  expect(render(written)).toEqual(becomes);
});

it.each([
  ['{{ {"IT Manager":"25"}[position] }}', /map/],
  ['{% if name %}yes{% endif %}', /\{\{#if name\}\}/],
  ['{{ phone - 1 }}', /no function "phone"/],
])('%s is refused, and another way is named', (written, way) => {
  expect(() => render(written)).toThrow(expect.objectContaining({ code: 'template_error' }));
  expect(() => render(written)).toThrow(way);
});

it('a path without braces is read as one in the rows of Response', async () => {
  const { make } = openTestRequests(() => answer(200, ada.response));
  const row = (value: string, name: string) => ({ value, target: { kind: 'variable', name } });
  const success = [row('response.items[0].id', 'first'), row('response["x-total-count"]', 'total')];
  const tried = await make(free({ url: '/people', response: { success, failure: [] } }), { mode: 'read' });

  expect(tried.kept.map(({ value }) => value)).toEqual(['a1', 7]);
});
