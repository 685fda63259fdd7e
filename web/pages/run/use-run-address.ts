import { useNavigate, useSearch } from '@tanstack/react-router';

export type RunAddress = {
  /** The number of the open record; 0 is the run itself; null is none. */
  record: number | null;
  step: number | null;
};

/** The record and the step that the address names, and a way to name others. */
export function useRunAddress(): RunAddress & { open: (to: RunAddress) => void } {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    record: toNumber(search.record),
    step: toNumber(search.step),
    open: ({ record, step }) =>
      void navigate({
        to: '.',
        search: { ...(record === null ? {} : { record }), ...(step === null ? {} : { step }) } as never,
        replace: true,
        resetScroll: false,
      }),
  };
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null;
}
