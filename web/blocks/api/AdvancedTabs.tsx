import { Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { type ApiTab, type ApiTabProps, apiTabs, issuesOfTab, tabOfSetting } from '../api-panel.ts';
import classes from './AdvancedTabs.module.css';
import { AuthorizationTab } from './AuthorizationTab.tsx';
import { BodyTab } from './BodyTab.tsx';
import { InformationTab } from './InformationTab.tsx';
import { KeyValueTab } from './KeyValueTab.tsx';
import { ResponseTab } from './ResponseTab.tsx';
import { ValidationTab } from './ValidationTab.tsx';

type Props = ApiTabProps & {
  name: string;
  onRename: (name: string) => void;
  focusedSetting: string | null;
};

/** Every part of a request, one tab each. */
export function AdvancedTabs({ name, onRename, focusedSetting, ...shared }: Props) {
  const [tab, setTab] = useState<ApiTab>('information');
  const issues = useFormIssues();
  const { settings, change } = shared;
  const counts: Partial<Record<ApiTab, number>> = {
    params: settings.params.length,
    headers: settings.headers.length,
    response: settings.response.success.length + settings.response.failure.length,
  };

  useEffect(() => {
    const wanted = focusedSetting ? tabOfSetting(focusedSetting) : null;
    if (wanted) setTab(wanted);
  }, [focusedSetting]);

  return (
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
        <ResponseTab {...shared} />
      </Tabs.Panel>
    </Tabs>
  );
}
