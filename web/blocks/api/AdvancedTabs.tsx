import { Tabs } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { Preset } from '#contract';
import { Changeable } from '../../editor/Changeable.tsx';
import { FormContext, useVariables, type Variable } from '../../fields/form-world.ts';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { type ApiTab, type ApiTabProps, apiTabs, issuesOfTab, tabOfSetting } from '../api-panel.ts';
import classes from './AdvancedTabs.module.css';
import { AuthorizationTab } from './AuthorizationTab.tsx';
import { BodyTab } from './BodyTab.tsx';
import { InformationTab } from './InformationTab.tsx';
import { KeyValueTab } from './KeyValueTab.tsx';
import { LimitsTab } from './LimitsTab.tsx';
import { ResponseTab } from './ResponseTab.tsx';
import { ValidationTab } from './ValidationTab.tsx';

type Props = ApiTabProps & {
  name: string;
  onRename: (name: string) => void;
  focusedSetting: string | null;
};

/** What only the rows of *Response* know. */
const answerVariables: Variable[] = [
  { name: 'response', label: 'The whole answer', type: 'json' },
  { name: 'response_status', label: 'The status', type: 'number' },
  { name: 'response_headers', label: 'A header, by its name', type: 'json' },
].map((one) => ({ ...one, source: 'The answer' }));

const inputVariables = (preset: Preset | undefined): Variable[] =>
  (preset?.inputs ?? []).map(({ name, label }) => ({
    name: `input.${name}`,
    label,
    type: 'text',
    source: 'Inputs of the preset',
  }));

/** Every part of a request, one tab each. */
export function AdvancedTabs({ name, onRename, focusedSetting, ...shared }: Props) {
  const [tab, setTab] = useState<ApiTab>('information');
  const issues = useFormIssues();
  const { settings, change, preset } = shared;
  const variables = useVariables();
  const withInputs = useMemo(
    () => ({ variables: [...inputVariables(preset), ...variables], issues }),
    [preset, variables, issues],
  );
  const withAnswer = useMemo(
    () => ({ variables: [...answerVariables, ...variables], issues }),
    [variables, issues],
  );
  const counts: Partial<Record<ApiTab, number>> = {
    params: settings.params.length,
    headers: settings.headers.length,
    validation: settings.conditions.length,
    response: settings.response.success.length + settings.response.failure.length,
  };

  useEffect(() => {
    const wanted = focusedSetting ? tabOfSetting(focusedSetting) : null;
    if (wanted) setTab(wanted);
  }, [focusedSetting]);

  return (
    <FormContext value={withInputs}>
      <Tabs
        value={tab}
        onChange={(value) => value && setTab(value as ApiTab)}
        variant="none"
        keepMounted={false}
      >
        <Tabs.List className={classes.list} aria-label="Parts of the request">
          {apiTabs.map(({ id, label }) => {
            const found = issuesOfTab(issues, id);
            return (
              <Tabs.Tab key={id} value={id} className={classes.tab}>
                {label}
                {counts[id] ? <span className={classes.count}>{counts[id]}</span> : null}
                {found > 0 && <span className={classes.dot} role="img" aria-label={`${found} issues`} />}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Changeable label="This part of the request">
          <Tabs.Panel value="information" className={classes.body}>
            <InformationTab {...shared} name={name} onRename={onRename} />
          </Tabs.Panel>
          <Tabs.Panel value="authorization" className={classes.body}>
            <AuthorizationTab {...shared} />
          </Tabs.Panel>
          <Tabs.Panel value="params" className={classes.body}>
            <KeyValueTab
              setting="params"
              rows={settings.params}
              onChange={(params) => change({ params })}
              hint="Written behind the URL; names and values are encoded for you."
              addLabel="Add param"
            />
          </Tabs.Panel>
          <Tabs.Panel value="headers" className={classes.body}>
            <KeyValueTab
              setting="headers"
              rows={settings.headers}
              onChange={(headers) => change({ headers })}
              hint="The credential adds its own Authorization header."
              addLabel="Add header"
            />
          </Tabs.Panel>
          <Tabs.Panel value="body" className={classes.body}>
            <BodyTab {...shared} />
          </Tabs.Panel>
          <Tabs.Panel value="validation" className={classes.body}>
            <ValidationTab {...shared} />
          </Tabs.Panel>
          <Tabs.Panel value="response" className={classes.body}>
            <FormContext value={withAnswer}>
              <ResponseTab {...shared} />
            </FormContext>
          </Tabs.Panel>
          <Tabs.Panel value="limits" className={classes.body}>
            <LimitsTab {...shared} />
          </Tabs.Panel>
        </Changeable>
      </Tabs>
    </FormContext>
  );
}
