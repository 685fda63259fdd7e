import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Something that the page in view can do, offered by the search as well. */
export interface PageCommand {
  id: string;
  /** The heading under which it stands, such as *This workflow*. */
  group: string;
  words: string;
  /** The keys that do the same, such as `mod+z`. */
  keys: string | null;
  run(): void;
  /** Shown only when it is searched for: there may be hundreds. */
  isFoundOnly?: boolean;
}

type Listing = () => readonly PageCommand[];

const listing = createStore<{ list: Listing | null }>()(() => ({ list: null }));

/** Offers what a page can do for as long as it is shown; the list is made only when the search opens. */
export function usePageCommands(list: Listing): void {
  const current = useRef(list);
  current.current = list;
  useEffect(() => {
    const own: Listing = () => current.current();
    listing.setState({ list: own });
    return () => listing.setState((state) => (state.list === own ? { list: null } : state));
  }, []);
}

/** What the page in view can do; nothing where `isWanted` is false. */
export function useCommandsOfPage(isWanted: boolean): readonly PageCommand[] {
  const list = useStore(listing, (state) => state.list);
  return isWanted && list ? list() : [];
}
