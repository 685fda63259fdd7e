import { z } from 'zod';
import { defineBlock } from '#engine/block';

/** Ends a path. */
export const end = defineBlock({
  type: 'end',
  title: 'End',
  summary: 'Ends the path. Several edges may lead here.',
  group: 'triggers',
  level: 'record',
  settings: z.strictObject({}),
  form: [],
  exits: [],

  prepare() {
    return () => ({ kind: 'done', exit: 'end' });
  },
});
