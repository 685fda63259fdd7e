import { Select, Text } from '@mantine/core';
import type { ImportChoices, ImportPlan, WorkflowFile } from '#contract';
import { effectWords } from '../../editor/effect-words.ts';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { countOf, toTitle } from '../../ui/words.ts';

interface Props {
  file: WorkflowFile;
  plan: ImportPlan;
  choices: ImportChoices;
  onChoose: (choices: ImportChoices) => void;
}

type Reference = ImportPlan['references'][number];

/** What an import would make: its parts, what it uses of this instance, and what is still to be done. */
export function ImportPlanView({ file, plan, choices, onChoose }: Props) {
  const { graph } = file;
  const errors = plan.issues.filter(({ severity }) => severity === 'error');
  const nameOf = (id: string | null) => graph.blocks.find((block) => block.id === id)?.name;
  const put = ({ kind, name }: Reference, id: string): void => {
    const place = kind === 'app' ? 'apps' : kind;
    onChoose({ ...choices, [place]: { ...choices[place], [name]: id } });
  };
  /** The app whose users the workflow runs over is needed at once; everything else may be chosen in the draft. */
  const isOver = ({ kind, name }: Reference): boolean =>
    kind === 'app' && file.records.kind === 'saas_users' && file.records.app === name;

  return (
    <>
      <KeyValues
        rows={[
          ['Name', plan.isNameTaken ? `${plan.name} (there is one of that name; both stay)` : plan.name],
          [
            'What is in it',
            `${countOf(graph.blocks.length, 'block')}, ${countOf(graph.edges.length, 'edge')}`,
          ],
          ...(plan.harmful.length > 0
            ? [
                [
                  'Takes something from people',
                  plan.harmful.map(({ name, does }) => `${name}: ${effectWords[does]}`).join('; '),
                ] as const,
              ]
            : []),
        ]}
      />
      {plan.references.length > 0 && (
        <section aria-label="What it uses here">
          <Text fw={600} mb={4}>
            What it uses here
          </Text>
          {plan.references.map((reference) => (
            <Select
              key={`${reference.kind} ${reference.name}`}
              mb="xs"
              label={`${toTitle(reference.kind)} “${reference.name}” of the file`}
              description={[
                ...(isOver(reference) ? ['The workflow runs over its users'] : []),
                ...(reference.blocks.length > 0 ? [`For ${reference.blocks.join(', ')}`] : []),
              ].join('. ')}
              placeholder={isOver(reference) ? 'Choose an app' : 'Leave open, and choose it in the draft'}
              data={reference.choices.map(({ id, name }) => ({ value: id, label: name }))}
              value={reference.chosen || null}
              clearable={!isOver(reference)}
              clearButtonProps={{ 'aria-label': 'Leave open' }}
              disabled={reference.choices.length === 0}
              onChange={(id) => put(reference, id ?? '')}
            />
          ))}
        </section>
      )}
      {errors.length > 0 ? (
        <Notice
          tone="warning"
          title={`${countOf(errors.length, 'thing')} to be done before it can be launched`}
        >
          <ul style={{ margin: '4px 0 0', paddingLeft: 18 }}>
            {errors.slice(0, 5).map(({ block, setting, message }) => (
              <li key={`${block} ${setting} ${message}`}>
                {[nameOf(block), message].filter(Boolean).join(': ')}
              </li>
            ))}
            {errors.length > 5 && <li>{`And ${errors.length - 5} more, shown in the draft.`}</li>}
          </ul>
        </Notice>
      ) : (
        <Notice tone="success" title="Everything that it needs is here" />
      )}
      <Text size="sm" c="dimmed">
        Nothing is started or launched. You look at the draft first.
      </Text>
    </>
  );
}
