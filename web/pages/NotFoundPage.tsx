import { Compass } from 'lucide-react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <EmptyState
      icon={Compass}
      title="There is no such page"
      isPage
      action={<LinkButton to="/">Open home</LinkButton>}
    >
      The address may be mistyped, or what it named was removed.
    </EmptyState>
  );
}
