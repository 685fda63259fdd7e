import { Button, Collapse } from '@mantine/core';
import { ChevronRight, CircleAlert, CircleCheck, Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { MissingPart } from '#contract';
import { useCan } from '../../api/use-session.ts';
import classes from './Section.module.css';
import type { SectionName } from './section-props.ts';

interface Props {
  name: SectionName;
  title: string;
  /** What the section says while it is closed. */
  summary: string;
  missing: readonly MissingPart[];
  isEditing: boolean;
  /** Open until it is closed by hand. */
  isOpenAtFirst: boolean;
  onEdit: () => void;
  children: ReactNode;
}

/** A collapsible part of an integration, with *Edit* and a sign when something is missing. */
export function Section(props: Props) {
  const { name, title, summary, missing, isEditing, isOpenAtFirst, onEdit, children } = props;
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const canWrite = useCan('integrations.write');
  const isShown = isOpen || isEditing;
  const isWhole = missing.length === 0;
  return (
    <section className={classes.section} data-section={name}>
      <div className={classes.head}>
        <h2>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isShown}
            disabled={isEditing}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight size={16} aria-hidden data-open={isShown || undefined} />
            {title}
          </button>
        </h2>
        <span className={classes.state} hidden={isEditing} data-tone={isWhole ? 'success' : 'warning'}>
          {isWhole ? <CircleCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
          {isWhole ? summary : (missing[0]?.message ?? '')}
        </span>
        {canWrite && !isEditing && (
          <Button
            variant="default"
            size="xs"
            aria-label={`Edit ${title.toLowerCase()}`}
            leftSection={<Pencil size={13} aria-hidden />}
            onClick={onEdit}
          >
            Edit
          </Button>
        )}
      </div>
      <Collapse expanded={isShown}>
        <div className={classes.body}>{children}</div>
      </Collapse>
    </section>
  );
}
