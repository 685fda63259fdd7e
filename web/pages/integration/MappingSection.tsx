import { Button } from '@mantine/core';
import { ArrowRightLeft } from 'lucide-react';
import { useFields } from '../../api/use-fields.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { countOf } from '../../ui/words.ts';
import { MappingEditor } from '../mapping/MappingEditor.tsx';
import { MappingSummary } from '../mapping/MappingSummary.tsx';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';

/** Which vendor field fills which of ours. */
export function MappingSection(props: SectionProps) {
  const { integration, vendor, missing, isEditing, onEdit, onDone } = props;
  const { rows } = integration.mapping;
  return (
    <Section
      name="mapping"
      title="Mapping"
      summary={`${countOf(rows.length, 'field')} filled`}
      missing={missing}
      isEditing={isEditing}
      isOpenAtFirst={integration.status === 'draft' || missing.length > 0}
      onEdit={onEdit}
    >
      <Loaded query={useFields()} rows={isEditing ? 24 : 6}>
        {(fields) => {
          if (isEditing) {
            return (
              <MappingEditor integration={integration} vendor={vendor} fields={fields} onDone={onDone} />
            );
          }
          if (rows.length > 0)
            return <MappingSummary integration={integration} vendor={vendor} fields={fields} />;
          return (
            <EmptyState
              icon={ArrowRightLeft}
              title="Nothing is mapped yet"
              action={<Button onClick={onEdit}>Map fields</Button>}
            >
              Say which {vendor.title} field fills which of ours. Smart Mapping proposes most of it.
            </EmptyState>
          );
        }}
      </Loaded>
    </Section>
  );
}
