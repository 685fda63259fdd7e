import type { Integration } from '../domain/integration.ts';

/** What only whoever has the credential can ask a vendor: its first records, or the values that an input may have. */
export type VendorQuestion =
  | ({ kind: 'sample' } & Pick<Integration, 'mapping' | 'mode'>)
  | { kind: 'choices'; input: string };

export type VendorAnswer =
  | {
      kind: 'sample';
      /** Per vendor field, the names that the vendor gives to ids. */
      names: [field: string, list: [id: string, name: string][]][];
      /** Records of the first page, as the vendor sent them. */
      items: unknown[];
    }
  | { kind: 'choices'; items: { value: string; label: string }[] };

export type AnswerTo<Kind extends VendorAnswer['kind']> = Extract<VendorAnswer, { kind: Kind }>;
