import { sayDone, sayFailed } from '../../ui/toast.ts';

/** Says what came of the test of a credential. */
export const sayTest = {
  onSuccess({ isOk, message }: { isOk: boolean; message: string }): void {
    if (isOk) sayDone(message);
    else sayFailed('The credential does not work', message);
  },
  onError: (error: unknown): void => sayFailed('The test did not run', error),
};
