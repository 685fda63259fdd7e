/** What each scope lets an integration do, in words for the consent page. Source: Webex's list of scopes. */
export const scopeMeanings: Readonly<Record<string, string>> = {
  'spark:people_read': 'Look people up by e-mail address or name',
  'spark-admin:people_read': 'See everybody in your organisation, with their roles and licences',
  'spark-admin:people_write': 'Create, change and delete people in your organisation',
  'spark-admin:licenses_read': 'See the licences of your organisation',
  'spark-admin:roles_read': 'See the roles of your organisation',
  'spark-admin:organizations_read': 'See the details of your organisation',
  'identity:people_read': 'See people in your organisation’s identity store',
  'identity:people_rw': 'See and change people in your organisation’s identity store',
  'identity:tokens_read': 'See which apps people have authorised',
  'identity:tokens_write': 'Take back the authorisation of apps',
};
