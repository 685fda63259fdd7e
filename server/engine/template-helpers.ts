import { dateHelpers } from './template-date-helpers.ts';
import type { TemplateHelper } from './template-helper.ts';
import { listHelpers } from './template-list-helpers.ts';
import { recordHelpers } from './template-record-helpers.ts';
import { textHelpers } from './template-text-helpers.ts';
import { valueHelpers } from './template-value-helpers.ts';

/** All functions there are, alphabetical. None of them reads anything but its arguments. */
export const templateHelpers: readonly TemplateHelper[] = [
  ...dateHelpers,
  ...listHelpers,
  ...recordHelpers,
  ...textHelpers,
  ...valueHelpers,
].sort((a, b) => a.name.localeCompare(b.name));

export const helperByName: ReadonlyMap<string, TemplateHelper> = new Map(
  templateHelpers.map((helper) => [helper.name, helper]),
);
