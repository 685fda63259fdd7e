import type { ApiSettings, Issue, Preset, Vendor } from '#contract';

/** The tabs of Advanced Mode, in the order in which a request is made up. */
export const apiTabs = [
  { id: 'information', label: 'Information', settings: ['method', 'url', 'name', 'actsOn'] },
  { id: 'authorization', label: 'Authorization', settings: ['vendorId', 'authorization'] },
  { id: 'params', label: 'Params', settings: ['params'] },
  { id: 'headers', label: 'Headers', settings: ['headers'] },
  { id: 'body', label: 'Body', settings: ['body', 'bodyKind'] },
  { id: 'validation', label: 'Validation', settings: ['success', 'conditions'] },
  { id: 'response', label: 'Response', settings: ['response'] },
  { id: 'limits', label: 'Limits', settings: ['timeoutMs', 'attempts', 'paging'] },
] as const;
export type ApiTab = (typeof apiTabs)[number]['id'];

/** The tab on which a setting stands, such as `response` for `response.success[0]`. */
export function tabOfSetting(setting: string): ApiTab | null {
  const head = setting.split(/[.[]/)[0] ?? '';
  return apiTabs.find((tab) => (tab.settings as readonly string[]).includes(head))?.id ?? null;
}

export const issuesOfTab = (issues: readonly Issue[], tab: ApiTab): number =>
  issues.filter((issue) => issue.setting !== null && tabOfSetting(issue.setting) === tab).length;

/** What every tab gets: the settings, a way to change some of them, and where they came from. */
export type ApiTabProps = {
  settings: ApiSettings;
  change: (changed: Partial<ApiSettings>) => void;
  vendor: Vendor | undefined;
  preset: Preset | undefined;
};

/** Scopes that a preset needs and a credential does not have. */
export function missingScopes(preset: Preset, scopes: string): string[] {
  const granted = new Set(scopes.split(/\s+/));
  return preset.scopes.filter((scope) => !granted.has(scope));
}
