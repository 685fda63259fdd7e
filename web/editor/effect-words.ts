import type { CallEffect, HarmfulEffect } from '#contract';

/** What a call does, in a word or two. */
export const effectWords: Record<CallEffect['does'], string> = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  enable: 'enables',
  disable: 'disables',
  'assign-licences': 'gives licences',
  'remove-licences': 'takes licences',
  'set-licences': 'sets licences',
  'assign-role': 'gives a role',
  'remove-role': 'takes a role',
  'set-role': 'sets the role',
  'end-sessions': 'ends sessions',
  delete: 'deletes',
  unknown: 'writes',
};

/** What a workflow does to accounts: `It … in Zoom.` */
export const harmWords: Record<HarmfulEffect, string> = {
  delete: 'deletes accounts',
  disable: 'disables accounts',
  'remove-licences': 'takes licences away',
  'set-licences': 'sets licences, and may take some away',
  'remove-role': 'takes roles away',
  'set-role': 'sets roles, and may lower them',
  'end-sessions': 'ends sessions',
};
