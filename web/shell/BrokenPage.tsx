import { Button } from '@mantine/core';
import { RotateCw, TriangleAlert } from 'lucide-react';
import { EmptyState } from '../ui/EmptyState.tsx';

/** Stands where a page failed to draw itself. */
export function BrokenPage() {
  return (
    <div>
      <EmptyState
        icon={TriangleAlert}
        title="This page stopped working"
        isPage
        action={
          <Button leftSection={<RotateCw size={15} aria-hidden />} onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        }
      >
        The error is in the page, not in what the server does: runs and loads go on.
      </EmptyState>
    </div>
  );
}
