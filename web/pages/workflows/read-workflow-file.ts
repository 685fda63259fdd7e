import { type WorkflowFile, workflowFileSchema } from '#contract';

/** As much as the server takes at once. */
const maxBytes = 1024 * 1024;
const mostSentences = 5;

export type ReadFile = { file: WorkflowFile } | { problems: string[] };

/** Reads a file that somebody chose: the workflow in it, or what is wrong with it and where. */
export async function readWorkflowFile(file: File): Promise<ReadFile> {
  if (file.size > maxBytes) return { problems: ['The file is over 1 MB, so it is no workflow.'] };
  return parseWorkflowFile(await file.text());
}

/** The workflow in a text, or what is wrong with it. */
export function parseWorkflowFile(text: string): ReadFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { problems: [`The file is not JSON: ${(error as Error).message}`] };
  }
  const parsed = workflowFileSchema.safeParse(content);
  if (parsed.success) return { file: parsed.data };
  const all = parsed.error.issues.map(({ path, message }) => `${toPlace(path)}${message}`);
  const more = all.length - mostSentences;
  return {
    problems: more > 0 ? [...all.slice(0, mostSentences), `And ${more} more like these.`] : all,
  };
}

/** `graph.blocks[0].id: `, or nothing for the file itself. */
function toPlace(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}
