import { ActionIcon, Tooltip } from '@mantine/core';
import { Copy, Trash2, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { type Block, type BlockType, type FormField, typeOfBlock } from '#contract';
import { ApiPanel } from '../blocks/ApiPanel.tsx';
import { BeginMatches } from '../blocks/BeginMatches.tsx';
import { FormControl } from '../fields/FormControl.tsx';
import { FormContext, type Variable } from '../fields/form-world.ts';
import { BlockIcon } from './BlockIcon.tsx';
import { Changeable } from './Changeable.tsx';
import { useCatalogue } from './catalogue.ts';
import { ExitsSection } from './ExitsSection.tsx';
import { useDraft, useEditor } from './editor-world.ts';
import { changeBlock, isBegin } from './graph-changes.ts';
import { apiSettingsOf } from './harm.ts';
import classes from './Inspector.module.css';
import { NameInput } from './NameInput.tsx';

type Props = { block: Block; variables: readonly Variable[]; onClose: () => void };

/** All about the selected block: what it is, its settings, and where its exits lead. */
export function Inspector({ block, variables, onClose }: Props) {
  const { draft, actions, mayChange } = useEditor();
  const { blockTypes, vendors } = useCatalogue();
  const allIssues = useDraft((state) => state.issues);
  const focusedSetting = useDraft((state) => state.focusedSetting);
  const body = useRef<HTMLDivElement>(null);
  const blockType = typeOfBlock(blockTypes, block);
  const settings = apiSettingsOf(block);
  const vendorTitle = settings?.presetId ? vendors.get(settings.vendorId)?.title : undefined;
  const issues = useMemo(() => allIssues.filter((issue) => issue.block === block.id), [allIssues, block.id]);
  const world = useMemo(() => ({ variables, issues }), [variables, issues]);
  const general = issues.filter((issue) => issue.setting === null);

  useEffect(() => {
    if (!focusedSetting) return;
    const found = body.current?.querySelector<HTMLElement>(
      `[data-setting="${focusedSetting.split(/[.[]/)[0]}"] :is(input, textarea, button), [aria-invalid="true"]`,
    );
    found?.focus();
    found?.scrollIntoView({ block: 'center' });
  }, [focusedSetting]);

  const change = (next: Partial<Block>, group: string): void =>
    draft.change(
      (graph) => changeBlock(graph, block.id, (old) => ({ ...old, ...next })),
      `${block.id}.${group}`,
    );

  return (
    <aside
      className={classes.inspector}
      aria-label={`Settings of ${block.name}`}
      onKeyDown={(event) => {
        const isList = event.target instanceof Element && event.target.matches('[aria-expanded="true"]');
        if (event.key === 'Escape' && !event.defaultPrevented && !isList) actions.goTo(block.id);
      }}
    >
      <header className={classes.head}>
        <BlockIcon type={block.type} group={blockType?.group ?? 'logic'} vendorTitle={vendorTitle} />
        <div className={classes.title}>
          <NameInput
            label="Name of the block"
            value={block.name}
            isReadOnly={!mayChange}
            onChange={(name) => change({ name }, 'name')}
            className={classes.name}
          />
          <div className={classes.type}>
            {blockType?.title ?? block.type} ·{' '}
            {blockType?.level === 'run' ? 'once per run' : 'once per record'}
          </div>
        </div>
        <div className={classes.tools}>
          {mayChange && !isBegin(block) && (
            <>
              <Tool label="Duplicate this block" onClick={actions.duplicate}>
                <Copy size={15} aria-hidden />
              </Tool>
              <Tool label="Delete this block" onClick={actions.remove}>
                <Trash2 size={15} aria-hidden />
              </Tool>
            </>
          )}
          <Tool label="Close the settings" onClick={onClose}>
            <X size={16} aria-hidden />
          </Tool>
        </div>
      </header>
      <div className={classes.body} ref={body} key={block.id}>
        {!settings?.presetId && <p className={classes.summary}>{blockType?.summary}</p>}
        {general.map((issue) => (
          <p key={issue.message} className={classes.issue} data-severity={issue.severity} role="note">
            {issue.message}
          </p>
        ))}
        <FormContext value={world}>
          {blockType?.panel === 'api' ? (
            <ApiPanel
              block={block}
              focusedSetting={focusedSetting}
              onChange={(next, group) => change(next, group)}
            />
          ) : (
            <Changeable label="What it does">
              <Form block={block} blockType={blockType} change={change} />
            </Changeable>
          )}
          {isBegin(block) && <BeginMatches />}
        </FormContext>
        {blockType && blockType.exits.length > 0 && (
          <Changeable label="Where it leads">
            <ExitsSection block={block} blockType={blockType} />
          </Changeable>
        )}
      </div>
    </aside>
  );
}

type FormProps = {
  block: Block;
  blockType: BlockType | undefined;
  change: (next: Partial<Block>, group: string) => void;
};

function Form({ block, blockType, change }: FormProps): ReactNode {
  const vendorKey = blockType?.form.find((field) => field.control === 'vendor')?.key;
  const vendorId = vendorKey ? block.settings[vendorKey] : undefined;
  // Blocks that are older than a setting have its default.
  const settingOf = (key: string): unknown => block.settings[key] ?? blockType?.defaults[key];
  const isShown = ({ when, unless }: FormField): boolean =>
    (!when || settingOf(when.key) === when.is) && (!unless || settingOf(unless.key) !== unless.is);
  return (blockType?.form ?? []).filter(isShown).map((field) => (
    <div key={field.key} data-setting={field.key}>
      <FormControl
        field={field}
        value={settingOf(field.key)}
        vendorId={typeof vendorId === 'string' ? vendorId : undefined}
        onChange={(value) => change({ settings: { ...block.settings, [field.key]: value } }, field.key)}
      />
    </div>
  ));
}

function Tool({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} className={classes.tool} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
