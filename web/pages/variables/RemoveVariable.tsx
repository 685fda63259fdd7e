import type { GlobalVariableView } from '#contract';
import { useRemoveGlobalVariable } from '../../api/use-global-variables.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { sayDone } from '../../ui/toast.ts';

/** Removes a variable that nothing names; otherwise says what does. */
export function RemoveVariable({ variable, onClose }: { variable: GlobalVariableView; onClose: () => void }) {
  const { name, uses } = variable;
  const removal = useRemoveGlobalVariable(name);
  const isUsed = uses.length > 0;
  return (
    <ConfirmDialog
      title={isUsed ? `${name} is used` : `Remove ${name}?`}
      action={isUsed ? 'Keep variable' : 'Remove variable'}
      isDestructive={!isUsed}
      isPending={removal.isPending}
      error={removal.error}
      onClose={onClose}
      onConfirm={() => {
        if (isUsed) return onClose();
        removal.mutate(undefined, {
          onSuccess: () => {
            sayDone(`${name} is removed.`);
            onClose();
          },
        });
      }}
    >
      {isUsed ? (
        <>
          Take it out of{' '}
          {uses.map((use, at) => (
            <span key={use.id}>
              {at > 0 && ', '}
              <RouteLink to={`/workflows/${use.id}`}>{use.name}</RouteLink>
            </span>
          ))}{' '}
          first, then it can be removed.
        </>
      ) : (
        'No workflow names it. Runs that have used it keep its value.'
      )}
    </ConfirmDialog>
  );
}
