import { useQuery } from '@tanstack/react-query';
import { explanationSchema } from '#contract';
import { api } from './client.ts';
import type { Noun } from './keys.ts';

/** What was done to the accounts of the record at this path, such as `/people/per_1`. */
export function useExplanation(noun: Noun, path: string) {
  return useQuery({
    queryKey: [noun, 'explanation', path],
    queryFn: ({ signal }) => api.get(`${path}/explanation`, { schema: explanationSchema, signal }),
  });
}

/** The same as a file: to read, or for a program. */
export const explanationFile = (path: string, as: 'html' | 'json'): string =>
  `/api/v1${path}/explanation${as === 'html' ? '.html' : ''}`;
