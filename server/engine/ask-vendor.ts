import { AppError } from '../domain/errors.ts';
import { parsePath, readPath } from '../domain/path.ts';
import { readFirstRecords } from './first-records.ts';
import type { VendorAnswer, VendorQuestion } from './question-ports.ts';
import { readNames, usedFields } from './user-load.ts';
import { type PageReader, readPages } from './vendor-pages.ts';

type Reader = PageReader & { inputs: Readonly<Record<string, string>> };

/** Asks a vendor by the same code, whoever has the credential: this server, or an agent. Writes nothing. */
export async function askVendor(from: Reader, question: VendorQuestion): Promise<VendorAnswer> {
  // Somebody looks at a page and waits for it.
  const reader = { ...from, lane: 'manual' } as const;
  if (question.kind === 'choices')
    return { kind: 'choices', items: await readChoices(reader, question.input) };
  const names = await readNames(reader, usedFields(question));
  const items = await readFirstRecords(reader, reader.vendor.load);
  return { kind: 'sample', names: [...names].map(([field, list]) => [field, [...list]]), items };
}

async function readChoices(reader: Reader, name: string) {
  const { vendor } = reader;
  const input = vendor.load.inputs.find((one) => one.name === name);
  if (!input?.discover) {
    throw new AppError('not_found', `${vendor.title} cannot be asked for the input "${name}".`);
  }
  const { path, items, value, label } = input.discover;
  const { value: page } = await readPages(reader, { path, items, pagination: { kind: 'none' } }).next();
  const [valuePath, labelPath] = [parsePath(value), parsePath(label)];
  return (page?.items ?? []).map((item: unknown) => {
    const text = String(readPath(item, valuePath) ?? '');
    return { value: text, label: String(readPath(item, labelPath) ?? text) };
  });
}
