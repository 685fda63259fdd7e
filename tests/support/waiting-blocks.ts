import { z } from 'zod';
import { blocks } from '#blocks/index';
import { type BlockDefinition, defineBlock } from '#engine/block';

const hourMs = 3_600_000;
const shape = {
  summary: '',
  group: 'logic',
  form: [],
  exits: [{ id: 'next', label: 'Next', tone: 'main' }],
} as const;

const until = (start: number, now: number, hours: number) =>
  start + hours * hourMs <= now
    ? ({ kind: 'done', exit: 'next' } as const)
    : ({ kind: 'wait', until: start + hours * hourMs, held: null } as const);

/** Waits for some hours. */
const pause = defineBlock({
  ...shape,
  type: 'pause',
  title: 'Pause',
  level: 'record',
  form: [],
  exits: [...shape.exits],
  settings: z.strictObject({ hours: z.number().default(1) }),
  prepare:
    ({ hours }) =>
    ({ now, waitingSince }) =>
      until(waitingSince ?? now, now, hours),
});

const heldSettings = z.strictObject({ code: z.string().default('look') });

function holdOnce(type: string, level: 'run' | 'record', isAtEnd: boolean): BlockDefinition {
  return defineBlock({
    ...shape,
    type,
    title: type,
    level,
    form: [],
    exits: [...shape.exits],
    settings: heldSettings,
    isAtEnd: () => isAtEnd,
    prepare:
      ({ code }) =>
      ({ waitingSince }) =>
        waitingSince === null
          ? { kind: 'wait', until: null, held: { code, sentence: 'Somebody has to look at it.' } }
          : { kind: 'done', exit: 'next' },
  });
}

/** The product's blocks, and some that only wait: for hours, or until they are released. */
export const waitingBlocks: readonly BlockDefinition[] = [
  ...blocks,
  pause,
  holdOnce('hold', 'record', false),
  holdOnce('hold-run', 'run', false),
  holdOnce('hold-end', 'record', true),
];
