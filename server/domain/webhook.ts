import type { AuthMethod, Vendor } from './vendor.ts';

/**
 * Where messages go as JSON: Slack, Mattermost, Teams and whatever else takes the shape of Slack. Its credential is the
 * URL itself. It has no people and no presets, so it is not among the vendors: only credentials name it.
 */
export const webhookVendor: Vendor = {
  id: 'webhook',
  title: 'Webhook',
  summary: 'Messages of Notify blocks to a channel in Slack, or in whatever takes the same JSON.',
  docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  baseUrl: 'https://hooks.slack.com',
  // No file of an operator's own vendor may name this kind, so the schema of vendors does not have it.
  auth: [
    {
      kind: 'webhook-url',
      docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    } as unknown as AuthMethod,
  ],
  test: { path: '/' },
  load: {
    path: '/',
    docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    items: '',
    pagination: { kind: 'none' },
    params: [],
    passes: [],
    inputs: [],
    lookups: [],
    identifier: 'id',
    fields: [],
  },
  userRole: {
    id: 'none',
    title: '',
    summary: '',
    docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    scopes: [],
    request: { method: 'GET', path: '/', params: [] },
    success: { statuses: [200], mediaType: 'any' },
    items: null,
    isWholeList: false,
    identifier: '',
    identifierFallbacks: [],
    roles: '',
    licenses: '',
    status: '',
    lastActivity: '',
  },
  presets: [],
};

/** The secret part of a webhook's URL: its path with the query. */
export function webhookPath(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
