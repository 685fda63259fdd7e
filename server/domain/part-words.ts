/** What people call the parts of an integration, in a sentence. */
export const integrationParts = {
  name: 'the name',
  mode: 'the mode',
  preference: 'the integration preference',
  inputs: 'what the load asks for',
  credentialId: 'the credential',
  installation: 'the installation',
  agentId: 'the agent',
  agentCredential: 'the credential',
  missingAccounts: 'what becomes of missing accounts',
  contacts: 'the contacts',
  schedule: 'the schedule',
  isPaused: 'whether the schedule is paused',
};

/** What people call the parts of a credential, in a sentence. */
export const credentialParts = {
  name: 'the name',
  owner: 'the owner',
  description: 'the description',
  kind: 'the authorization type',
  scopes: 'the scopes',
  clientId: 'the client ID',
  clientAuth: 'how the client says who it is',
  inputs: 'the account or user name',
  baseUrl: 'the base URL',
  authorizeUrl: 'the URL of the login',
  tokenUrl: 'the token URL',
  perSecond: 'the calls a second',
  atOnce: 'the calls at once',
};
