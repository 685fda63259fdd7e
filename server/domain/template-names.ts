/** The functions that templates may call; the engine says what they do, and `docs/templates.md` tells of them. */
export const templateFunctions = [
  'add_days',
  'change',
  'count',
  'date',
  'default',
  'equals',
  'first',
  'join',
  'json',
  'last',
  'lower',
  'map',
  'number',
  'replace',
  'required',
  'split',
  'trim',
  'upper',
  'urlencode',
  'without',
] as const;

/** Names that a template may begin with wherever it stands, or in some inputs only. */
export const templateSpaces = [
  'person',
  'saas_user',
  'run',
  'blocks',
  'steps',
  'loops',
  'GlobalSetting',
  'input',
  'response',
  'response_headers',
  'response_status',
] as const;
