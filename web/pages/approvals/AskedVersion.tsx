import { z } from 'zod';
import { type Block, effectOfCall, type Graph, presetEffects } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useDifference, useVersion, useWorkflow } from '../../api/use-versions.ts';
import { EffectBadge } from '../../blocks/api/EffectBadge.tsx';
import { type Catalogue, emptyCatalogue } from '../../editor/catalogue.ts';
import { apiSettingsOf } from '../../editor/harm.ts';
import { useReadCatalogue } from '../../editor/use-read-catalogue.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { countOf } from '../../ui/words.ts';

export const activationSubject = z.object({
  workflowId: z.string(),
  name: z.string(),
  number: z.int(),
  note: z.string(),
  harmful: z.array(
    z.object({
      block: z.string(),
      name: z.string(),
      does: z.enum([...presetEffects, 'unknown']),
      vendorId: z.string(),
    }),
  ),
  globals: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
type Subject = z.infer<typeof activationSubject>;

/** A version that is to be active: what it takes from people, all that it does, and what is new in it. */
export function AskedVersion({ subject, isOpen }: { subject: Subject; isOpen: boolean }) {
  const { workflowId, name, number, note, harmful, globals } = subject;
  const nameOf = useGuardNames();
  const columns: Column<Subject['harmful'][number]>[] = [
    { key: 'block', header: 'Block', cell: (block) => block.name, isCut: true },
    { key: 'does', header: 'What it does', cell: ({ does }) => <EffectBadge does={does} />, width: 160 },
    { key: 'where', header: 'Where', cell: ({ vendorId }) => nameOf('vendor', vendorId), width: 140 },
  ];
  return (
    <>
      <Panel title="What is asked">
        <KeyValues
          rows={[
            [
              'Workflow',
              <RouteLink key="workflow" to={`/workflows/${workflowId}`}>
                {name}
              </RouteLink>,
            ],
            ['Version', number],
            ['What changed', note],
            ...Object.entries(globals).map(([variable, value]) => [variable, String(value)] as const),
          ]}
        />
      </Panel>
      <Panel title="Blocks that take something from people" flush>
        <DataTable label="Harmful blocks" columns={columns} rows={harmful} rowKey={({ block }) => block} />
      </Panel>
      {isOpen && <NewInIt workflowId={workflowId} number={number} />}
      <AllOfIt workflowId={workflowId} number={number} />
    </>
  );
}

interface Which {
  workflowId: string;
  number: number;
}

/** Against the version that starts runs now; without one everything is new. */
function NewInIt({ workflowId, number }: Which) {
  const workflow = useWorkflow(workflowId);
  const active = workflow.data?.activeVersion?.number;
  if (active === undefined || active === number) return null;
  return <Difference workflowId={workflowId} number={number} active={active} />;
}

function Difference({ workflowId, number, active }: Which & { active: number }) {
  const difference = useDifference(workflowId, active, number);
  return (
    <Panel
      title={`What is different from version ${active}, which is active`}
      action={
        <RouteLink to={`/workflows/${workflowId}/compare?from=${active}&to=${number}`}>
          Show both side by side
        </RouteLink>
      }
    >
      <Loaded query={difference}>
        {({ sentences }) => (
          <ul style={{ margin: 0, paddingLeft: 18, overflowWrap: 'anywhere' }}>
            {sentences.length === 0 && <li>No block, edge, setting or note is different.</li>}
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

function AllOfIt({ workflowId, number }: Which) {
  const version = useVersion(workflowId, number);
  const catalogue = useReadCatalogue().catalogue ?? emptyCatalogue;
  const columns: Column<Block>[] = [
    { key: 'name', header: 'Block', cell: ({ name }) => name, isCut: true },
    {
      key: 'type',
      header: 'Type',
      cell: ({ type }) => catalogue.blockTypes.get(type)?.title ?? type,
      width: 140,
      from: 'sm',
    },
    {
      key: 'does',
      header: 'At the vendor',
      cell: (block) => <Does block={block} in={catalogue} />,
      width: 180,
    },
  ];
  return (
    <Loaded query={version}>
      {({ graph }) => (
        <Panel title="All that it does" note={countOf(graph.blocks.length, 'block')} flush>
          <DataTable label="Blocks" columns={columns} rows={inOrder(graph)} rowKey={({ id }) => id} />
        </Panel>
      )}
    </Loaded>
  );
}

function Does({ block, in: { vendors } }: { block: Block; in: Catalogue }) {
  const settings = apiSettingsOf(block);
  if (!settings) return '–';
  const vendor = vendors.get(settings.vendorId);
  const preset = vendor?.presets.find(({ id }) => id === settings.presetId);
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 8px', alignItems: 'center' }}>
      <EffectBadge does={effectOfCall(settings, preset).does} />
      {vendor?.title ?? ''}
    </span>
  );
}

/** As a record meets them: Begin first, each block after one that leads to it. */
function inOrder({ blocks, edges }: Graph): Block[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const order = new Set(blocks.filter(({ type }) => type === 'begin').map(({ id }) => id));
  for (const from of order) for (const edge of edges) if (edge.from === from) order.add(edge.to);
  for (const { id } of blocks) order.add(id);
  return [...order].flatMap((id) => byId.get(id) ?? []);
}
