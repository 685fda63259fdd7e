import { createContext, useContext } from 'react';
import type { Issue } from '#contract';

/** A name that templates may use, and where its value comes from. */
export type Variable = { name: string; label: string; type: string; source: string };

/** What the inputs of one block's form share. */
export type FormWorld = {
  variables: readonly Variable[];
  /** Findings about this block. */
  issues: readonly Issue[];
};

export const FormContext = createContext<FormWorld>({ variables: [], issues: [] });

export const useVariables = (): readonly Variable[] => useContext(FormContext).variables;

/** What the names of variables begin with. */
export const rootsOf = (variables: readonly Variable[]): ReadonlySet<string> =>
  new Set(variables.map(({ name }) => name.split('.')[0] ?? name));

/** The first finding about a setting or about a part of it, such as `response.success[0]` for `response`. */
export function useSettingError(setting: string): string | undefined {
  return findSettingError(useContext(FormContext).issues, setting);
}

export function findSettingError(issues: readonly Issue[], setting: string): string | undefined {
  const isAbout = (found: string | null) =>
    found === setting ||
    found?.startsWith(`${setting}.`) === true ||
    found?.startsWith(`${setting}[`) === true;
  return issues.find((issue) => isAbout(issue.setting))?.message;
}
