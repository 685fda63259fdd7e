import { z } from 'zod';
import { type ApprovalView, blockQuestionSchema, guardSettingsSchema, protectionSchema } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Json } from '../../ui/Json.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { AskedByBlock } from './AskedByBlock.tsx';
import { AskedLook, lookSubject } from './AskedLook.tsx';
import { AskedPlan, planSubject } from './AskedPlan.tsx';
import { AskedVersion, activationSubject } from './AskedVersion.tsx';
import { type SettingChange, settingChanges } from './setting-changes.ts';

const guardSubject = z.object({
  from: guardSettingsSchema,
  to: guardSettingsSchema,
  loosens: z.array(z.string()),
  reason: z.string(),
});
const unprotectSubject = z.object({ protection: protectionSchema, reason: z.string() });

/** What somebody agrees to, in words; the data itself where no words are known for it. */
export function Asked({ approval }: { approval: ApprovalView }) {
  const { kind, subject } = approval;
  if (kind === 'guard') {
    const read = guardSubject.safeParse(subject);
    if (read.success) return <AskedSettings {...read.data} />;
  }
  if (kind === 'unprotect') {
    const read = unprotectSubject.safeParse(subject);
    if (read.success) return <AskedUnprotection {...read.data} />;
  }
  if (kind === 'activation') {
    const read = activationSubject.safeParse(subject);
    if (read.success) return <AskedVersion subject={read.data} isOpen={approval.status === 'waiting'} />;
  }
  if (kind === 'plan' || kind === 'imitated_plan') {
    const read = planSubject.safeParse(subject);
    if (read.success) return <AskedPlan subject={read.data} />;
  }
  if (kind === 'canary') {
    const read = lookSubject.safeParse(subject);
    if (read.success) return <AskedLook subject={read.data} />;
  }
  if (kind === 'block') {
    const read = blockQuestionSchema.safeParse(subject);
    if (read.success) return <AskedByBlock question={read.data} />;
  }
  return (
    <Panel title="What is asked">
      <Json value={subject} label="what is asked" />
    </Panel>
  );
}

const changeColumns: Column<SettingChange>[] = [
  { key: 'what', header: 'Setting', cell: ({ what }) => what, isCut: true },
  { key: 'before', header: 'Now', cell: ({ before }) => before, isCut: true },
  { key: 'after', header: 'Then', cell: ({ after }) => <strong>{after}</strong>, isCut: true },
];

function AskedSettings({ from, to, loosens, reason }: z.infer<typeof guardSubject>) {
  const nameOf = useGuardNames();
  return (
    <>
      <Panel title="What is asked">
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {loosens.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Why reason={reason} />
      </Panel>
      <Panel title="Before and after" flush>
        <DataTable
          label="Before and after"
          columns={changeColumns}
          rows={settingChanges(from, to, nameOf)}
          rowKey={({ what }) => what}
        />
      </Panel>
    </>
  );
}

function AskedUnprotection({ protection, reason }: z.infer<typeof unprotectSubject>) {
  const nameOf = useGuardNames();
  const { value, vendorId, note, createdBy } = protection;
  return (
    <Panel title="What is asked">
      <KeyValues
        rows={[
          ['No longer protected', value],
          ['Where', vendorId === null ? 'Everywhere' : nameOf('vendor', vendorId)],
          ['It was protected because', note],
          ['Added by', createdBy],
        ]}
      />
      <Why reason={reason} />
    </Panel>
  );
}

function Why({ reason }: { reason: string }) {
  if (reason === '') return null;
  return <blockquote style={{ margin: '14px 0 0' }}>“{reason}”</blockquote>;
}
