import { z } from 'zod';
import { mappingSourceSchema } from './mapping-source.ts';

const text = z.string().max(200);
/** Counted from 1; negative parts are counted from the end, so -1 is the last one. */
const part = z
  .int()
  .min(-100)
  .max(100)
  .refine((n) => n !== 0, 'Parts are counted from 1, or from -1 at the end.');
const sources = z.array(mappingSourceSchema).min(1, 'Choose at least one source.').max(10);

/** What becomes of a value that no entry of a value map names; empty ones included. */
export const otherwiseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('fail') }),
  z.strictObject({ kind: z.literal('value'), value: z.string().max(2_000) }),
]);

/** Changes a value on its way from a vendor's record to a field of ours. */
export const converterSchema = z.discriminatedUnion('kind', [
  /** The value, or else the first of these sources that has one. */
  z.strictObject({ kind: z.literal('first_of'), sources }),
  /** The value and those of these sources in one text; empty ones are left out. */
  z.strictObject({ kind: z.literal('concat'), sources, separator: text }),
  z.strictObject({ kind: z.literal('split'), on: text.min(1, 'Enter what to split at.'), part }),
  /** One entry of a list. */
  z.strictObject({ kind: z.literal('pick'), part }),
  /** A list as one text. */
  z.strictObject({ kind: z.literal('join'), separator: text }),
  /** How many entries a list has. */
  z.strictObject({ kind: z.literal('count') }),
  /** Without regard to case. Of a list, the first entry here that the list holds decides. */
  z.strictObject({
    kind: z.literal('map_values'),
    entries: z
      .array(z.strictObject({ from: z.string().max(500), to: z.string().max(2_000) }))
      .min(1, 'Add at least one value.')
      .max(500),
    otherwise: otherwiseSchema,
  }),
  /** Reads a date: `seconds` or `milliseconds` since 1970, `ldap` ticks, or a pattern such as `DD.MM.YYYY HH:mm`, in UTC. */
  z.strictObject({
    kind: z.literal('date'),
    format: z.string().min(1, 'Enter how the date is written.').max(60),
  }),
  z.strictObject({ kind: z.literal('trim') }),
  z.strictObject({ kind: z.literal('lower') }),
  z.strictObject({ kind: z.literal('upper') }),
  z.strictObject({ kind: z.literal('capitalize') }),
]);
export type Converter = z.infer<typeof converterSchema>;
export type ConverterKind = Converter['kind'];
export type Otherwise = z.infer<typeof otherwiseSchema>;

export const converterLabels: Record<ConverterKind, string> = {
  first_of: 'First of several',
  concat: 'Put together',
  split: 'Split and take a part',
  pick: 'Take one of a list',
  join: 'Join a list',
  count: 'Count a list',
  map_values: 'Map values',
  date: 'Read a date',
  trim: 'Trim spaces',
  lower: 'Small letters',
  upper: 'Capital letters',
  capitalize: 'First letter capital',
};

/** Says a converter in a few words, such as `part 1, split at “@”`. */
export function describeConverter(converter: Converter): string {
  switch (converter.kind) {
    case 'first_of':
      return `first of ${converter.sources.length + 1}`;
    case 'concat':
      return `put together with ${converter.sources.length} more`;
    case 'split':
      return `${describePart(converter.part)}, split at “${converter.on}”`;
    case 'pick':
      return `${describePart(converter.part)} of the list`;
    case 'join':
      return `joined with “${converter.separator}”`;
    case 'map_values':
      return `${converter.entries.length} ${converter.entries.length === 1 ? 'value' : 'values'} mapped`;
    case 'date':
      return `date as ${converter.format}`;
    default:
      return converterLabels[converter.kind].toLowerCase();
  }
}

function describePart(n: number): string {
  if (n === -1) return 'last part';
  return n < 0 ? `part ${-n} from the end` : `part ${n}`;
}
