import { z } from 'zod';

export const fieldTypes = [
  'text',
  'long_text',
  'number',
  'decimal',
  'date',
  'datetime',
  'boolean',
  'choice',
  'list',
  'email',
  'url',
  'json',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What a value belongs to. */
export const recordTypes = ['person', 'saas_user'] as const;
export type RecordType = (typeof recordTypes)[number];

export const externalIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'Use small letters, digits and underscores, starting with a letter.');

export const choicesSchema = z.array(z.string().trim().min(1).max(120)).max(200);

/** The definition of a value that a person or a SaaS user has. Templates name it by its external id. */
export const fieldSchema = z.strictObject({
  id: z.string(),
  recordType: z.enum(recordTypes),
  externalId: externalIdSchema,
  label: z.string().min(1).max(120),
  type: z.enum(fieldTypes),
  isUnique: z.boolean(),
  isRequired: z.boolean(),
  /** Built-in fields cannot be changed or removed. */
  isBuiltIn: z.boolean(),
  /** What a choice field offers when a person is edited; anything where there are none. Loads may bring others. */
  choices: choicesSchema.optional(),
  help: z.string().max(500),
});
export type Field = z.infer<typeof fieldSchema>;

/** Names that templates know already: a field called so could never be read. */
export const reservedExternalIds: ReadonlySet<string> = new Set([
  'GlobalSetting',
  'run',
  'steps',
  'blocks',
  'person',
  'saas_user',
  'response',
  'response_headers',
  'response_status',
  'input',
  'this',
  'else',
  'true',
  'false',
  'null',
  'undefined',
]);

/** Types whose values can be told apart, so that each may be asked to occur once. */
export const uniqueTypes: ReadonlySet<FieldType> = new Set([
  'text',
  'long_text',
  'number',
  'decimal',
  'email',
  'url',
]);

type BuiltIn = readonly [
  externalId: string,
  label: string,
  type: FieldType,
  marks?: 'unique' | 'required' | 'key',
];

const builtIns: Record<RecordType, readonly BuiltIn[]> = {
  person: [
    ['username', 'Username', 'text', 'key'],
    ['email', 'Email', 'email', 'required'],
    ['first_name', 'First name', 'text'],
    ['last_name', 'Last name', 'text'],
    ['role', 'Role', 'choice', 'required'],
    ['status', 'Status', 'choice'],
  ],
  saas_user: [
    ['identifier', 'Identifier in the app', 'text', 'key'],
    ['email', 'Email', 'email'],
    ['display_name', 'Display name', 'text'],
    ['roles', 'Roles', 'list'],
    ['licenses', 'Licences', 'list'],
    ['status', 'Status', 'text'],
    ['type', 'Type', 'text'],
    ['last_activity', 'Last activity', 'datetime'],
    ['is_deactivated', 'Deactivated', 'boolean'],
    ['delete_in_saas', 'Delete in SaaS', 'boolean'],
    ['first_seen_at', 'First seen', 'datetime'],
    ['last_seen_at', 'Last seen', 'datetime'],
  ],
};

/** Fields that every instance has, in the order in which lists show them. */
export const builtInFields: readonly Field[] = (Object.keys(builtIns) as RecordType[]).flatMap((recordType) =>
  builtIns[recordType].map(([externalId, label, type, marks]) => ({
    id: `fld_${recordType}_${externalId}`,
    recordType,
    externalId,
    label,
    type,
    isUnique: marks === 'unique' || marks === 'key',
    isRequired: marks === 'required' || marks === 'key',
    isBuiltIn: true,
    help: '',
  })),
);

/** A snake_case external id made from a label: "API response" becomes `api_response`. */
export function toExternalId(label: string): string {
  const words =
    label
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const id = words.join('_').slice(0, 64);
  return /^[a-z]/.test(id) ? id : `field_${id}`.slice(0, 64);
}
