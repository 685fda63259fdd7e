import { Button, Menu } from '@mantine/core';
import { Download, History } from 'lucide-react';
import type { Noun } from '../../api/keys.ts';
import { explanationFile, useExplanation } from '../../api/use-explanation.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ExplainedEffectRow } from './ExplainedEffectRow.tsx';
import classes from './WhatHappened.module.css';

interface Props {
  noun: Noun;
  /** Of the record in the API, such as `/people/per_1`. */
  path: string;
}

/** Every call that changed these accounts, each with what led to it, who agreed, what was sent and what came back. */
export function WhatHappened({ noun, path }: Props) {
  const explanation = useExplanation(noun, path);
  const hasEffects = (explanation.data?.effects.length ?? 0) > 0;
  return (
    <Panel
      title="What happened"
      note="to the accounts, and why"
      action={
        hasEffects && (
          <Menu>
            <Menu.Target>
              <Button variant="subtle" size="compact-sm" leftSection={<Download size={14} aria-hidden />}>
                Download
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={explanationFile(path, 'html')} download>
                To read, as HTML
              </Menu.Item>
              <Menu.Item component="a" href={explanationFile(path, 'json')} download="what-happened.json">
                For a program, as JSON
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )
      }
      flush
    >
      <Loaded query={explanation} rows={2}>
        {({ effects }) =>
          effects.length === 0 ? (
            <EmptyState icon={History} title="Nothing was done to the accounts">
              When a workflow creates, changes, disables or deletes an account, all that led to it stands
              here.
            </EmptyState>
          ) : (
            <ul className={classes.list} aria-label="What happened">
              {effects.map((effect) => (
                <ExplainedEffectRow key={`${effect.run.id} ${effect.run.n} ${effect.at}`} effect={effect} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
