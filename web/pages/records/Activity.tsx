import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { Unknown } from './Unknown.tsx';

/** When an account was last used; a vendor that did not say makes it unknown, which is not the same as never. */
export function Activity({ at }: { at: string | null }) {
  return at === null ? (
    <Unknown why="The app did not say when this account was last used" />
  ) : (
    <TimeAgo at={at} />
  );
}
