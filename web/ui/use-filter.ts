import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { z } from 'zod';

/** The filters of a list, kept in the address so that a view can be shared and *back* returns to it. */
export function useFilter<S extends z.ZodObject>(schema: S) {
  const filter = schema.parse(useSearch({ strict: false })) as z.infer<S>;
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof z.infer<S>]?: z.infer<S>[K] | undefined }) => {
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, ...part }),
        replace: true,
      });
    },
    [navigate],
  );
  return [filter, change] as const;
}
