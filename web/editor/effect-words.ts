import type { CallEffect, HarmfulEffect } from '#contract';

/** What a call does, in a word or two. */
export const effectWords: Record<CallEffect['does'], string> = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  enable: 'enables',
  disable: 'disables',
  'assign-licences': 'sets licences',
  'remove-licences': 'takes licences',
  'assign-role': 'gives a role',
  'remove-role': 'takes a role',
  'end-sessions': 'ends sessions',
  delete: 'deletes',
  unknown: 'writes',
};

/** What a workflow does to accounts: `It … in Zoom.` */
export const harmWords: Record<HarmfulEffect, string> = {
  delete: 'deletes accounts',
  disable: 'disables accounts',
  'remove-licences': 'takes licences away',
  'remove-role': 'takes roles away',
  'end-sessions': 'ends sessions',
};
