import type { Integration } from '#contract';

export const modeWords: Record<Integration['mode'], { label: string; summary: string }> = {
  user: { label: 'User only', summary: 'Adds people.' },
  user_and_saas_user: {
    label: 'User plus SaaS user',
    summary: 'Adds people and their accounts, so that workflows can check and change them.',
  },
};

export const preferenceWords: Record<Integration['preference'], { label: string; summary: string }> = {
  create_and_update: { label: 'Create & Update', summary: 'Adds and updates people.' },
  create_only: { label: 'Create only', summary: 'Adds people; those who exist stay as they are.' },
  update_only: { label: 'Update only', summary: 'Updates people who exist; nobody is added.' },
};

export const installationWords: Record<Integration['installation'], { label: string; summary: string }> = {
  cloud: { label: 'Cloud', summary: 'This server loads and keeps the credential.' },
  local: { label: 'Local', summary: 'An agent near the secrets loads; its credential never comes here.' },
};

export const missingAccountsWords: Record<
  Integration['missingAccounts']['action'],
  { label: string; summary: string }
> = {
  leave: { label: 'Leave them', summary: 'They stay as they were when they were last seen.' },
  deactivate: {
    label: 'Mark them deactivated',
    summary: 'After a load that read everything without an error. Nothing changes in the app.',
  },
};
