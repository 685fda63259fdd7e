import { createContext, useContext } from 'react';
import type { App, BlockType, Credential, Field, Integration, Vendor } from '#contract';

/** What blocks refer to, by id: everything that a card or a form needs to say things in words. */
export type Catalogue = {
  blockTypes: ReadonlyMap<string, BlockType>;
  vendors: ReadonlyMap<string, Vendor>;
  credentials: readonly Credential[];
  integrations: readonly Integration[];
  fields: readonly Field[];
  apps: readonly App[];
  /** Those that a block may start. */
  workflows: readonly { id: string; name: string; isActive: boolean }[];
};

export const CatalogueContext = createContext<Catalogue | null>(null);

export function useCatalogue(): Catalogue {
  const catalogue = useContext(CatalogueContext);
  if (!catalogue) throw new Error('A block is drawn outside its catalogue.');
  return catalogue;
}

export const emptyCatalogue: Catalogue = {
  blockTypes: new Map(),
  vendors: new Map(),
  credentials: [],
  integrations: [],
  fields: [],
  apps: [],
  workflows: [],
};
