import {
  ArrowRight,
  CircleDashed,
  CircleSlash,
  CircleX,
  type LucideIcon,
  PencilLine,
  Plus,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Field, MappingPreview } from '#contract';
import { Notice } from '../../ui/Notice.tsx';
import type { Tone } from '../../ui/tone.ts';
import { toNumberText, toValueText } from '../../ui/words.ts';
import { keyOf } from './mapping-draft.ts';
import classes from './Preview.module.css';

type PreviewRecord = MappingPreview['records'][number];

const actions: Record<PreviewRecord['action'], { word: string; tone: Tone; icon: LucideIcon }> = {
  create: { word: 'Would be created', tone: 'success', icon: Plus },
  update: { word: 'Would be updated', tone: 'interactive', icon: PencilLine },
  unchanged: { word: 'Would stay as it is', tone: 'neutral', icon: CircleDashed },
  skip: { word: 'Would be skipped', tone: 'warning', icon: CircleSlash },
  fail: { word: 'Would fail', tone: 'danger', icon: CircleX },
};

interface Props {
  preview: MappingPreview;
  fields: readonly Field[];
  /** The vendor's lists that a load reads one after the other, such as one for each status; one without a title otherwise. */
  lists: readonly string[];
  /** The mapping was changed after this was read. */
  isOld: boolean;
  /** Somebody asked for it, and it comes into sight: it stands below all rows of the mapping. */
  isAsked: boolean;
}

/** What a preview came to, brought into sight where somebody asked for it. */
export function Preview({ isAsked, ...props }: Props) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again, it is shown again
  useEffect(() => {
    if (!isAsked) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, [isAsked, props.preview]);
  return (
    <div ref={place} tabIndex={-1} className={classes.place}>
      <Records {...props} />
    </div>
  );
}

/** The first records as a load would write them, before and after; one is open at a time. */
function Records({ preview, fields, lists, isOld }: Omit<Props, 'isAsked'>) {
  const [chosen, setChosen] = useState(0);
  const record = preview.records[chosen] ?? preview.records[0];
  if (!record) {
    return (
      <Notice tone="neutral" title="Nobody is on the first page">
        The vendor answered with an empty list. Look whether the credential sees the right organisation.
      </Notice>
    );
  }
  return (
    <section className={classes.preview} aria-label="Preview">
      <div className={classes.records}>
        <h3>{isOld ? 'First records before your last changes' : 'First records, nothing written yet'}</h3>
        <p className={classes.counts}>{countWords(preview.counts, lists)}</p>
        <div role="tablist" aria-label="First records" aria-orientation="vertical">
          {preview.records.map((one, n) => {
            const { word, tone, icon: Icon } = actions[one.action];
            return (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: labels may be equal
                key={n}
                type="button"
                role="tab"
                aria-selected={one === record}
                className={classes.record}
                onClick={() => setChosen(n)}
              >
                <span className={classes.label}>{one.label}</span>
                <span className={classes.action} data-tone={tone}>
                  <Icon size={13} aria-hidden />
                  {word}
                </span>
              </button>
            );
          })}
        </div>
      </div>
      <div className={classes.values} role="tabpanel" aria-label={record.label}>
        {record.reason && <p>{record.reason}</p>}
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">From</th>
              <th scope="col">Before</th>
              <th aria-hidden />
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {record.values.map((value) => (
              <tr
                key={keyOf(value)}
                data-changed={value.isWritten || undefined}
                data-failed={value.problem !== null || undefined}
              >
                <th scope="row">{labelOf(fields, value)}</th>
                <td>
                  {value.source ?? '—'}
                  {isConverted(value) && <small>{textOf(value.read)}</small>}
                </td>
                <td>{textOf(value.before)}</td>
                <td aria-hidden>{value.isWritten && <ArrowRight size={13} />}</td>
                <td>{value.problem ? `No value: ${value.problem}` : textOf(value.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Value = PreviewRecord['values'][number];

/** Whether the vendor sent it otherwise than it would be written. */
const isConverted = ({ read, after }: Value): boolean => textOf(read) !== textOf(after);

const textOf = (value: unknown): string => toValueText(value) || '—';

/** `Of the first page, 92 would be created, 3 would be skipped.` */
function countWords(counts: MappingPreview['counts'], lists: readonly string[]): string {
  const words = (Object.keys(actions) as PreviewRecord['action'][])
    .filter((action) => counts[action] > 0)
    .map((action) => `${toNumberText(counts[action])} ${actions[action].word.toLowerCase()}`);
  const pages = lists.length > 1 ? `the first page of each list (${lists.join(', ')})` : 'the first page';
  return `Of ${pages}, ${words.join(', ')}.`;
}

function labelOf(fields: readonly Field[], value: Value): string {
  const label = fields.find((field) => keyOf(field) === keyOf(value))?.label ?? value.externalId;
  return value.recordType === 'saas_user' ? `SaaS user: ${label}` : label;
}
