import { ArrowLeft } from 'lucide-react';
import classes from './RowList.module.css';
import { RowError, RowField, RowList } from './RowList.tsx';
import { type Target, TargetSelect } from './TargetSelect.tsx';
import { TemplateInput } from './TemplateInput.tsx';

export type Assignment = { target: { kind: 'person' | 'saas_user'; name: string }; value: string };

type Props = {
  label: string;
  hint?: string | undefined;
  setting: string;
  value: unknown;
  onChange: (value: Assignment[]) => void;
};

/** Which field becomes which value. */
export function AssignmentsField({ value, onChange, ...field }: Props) {
  const retarget = (row: Assignment, { kind, name }: Target): Partial<Assignment> =>
    kind === 'variable' ? row : { target: { kind, name } };

  return (
    <RowField {...field}>
      <RowList<Assignment>
        rows={Array.isArray(value) ? (value as Assignment[]) : []}
        onChange={onChange}
        setting={field.setting}
        addLabel="Set a field"
        blank={() => ({ target: { kind: 'person', name: '' }, value: '' })}
        removeLabel={(at) => `Remove row ${at + 1}`}
      >
        {(row, { at, change, error, remove }) => (
          <>
            <div className={classes.line}>
              <TargetSelect
                ariaLabel={`Field ${at + 1} to set`}
                value={row.target.name === '' ? null : row.target}
                onChange={(target) => change(retarget(row, target))}
              />
              {remove}
            </div>
            <div className={classes.line}>
              <ArrowLeft size={14} className={classes.arrow} aria-hidden />
              <div className={classes.value}>
                <TemplateInput
                  ariaLabel={`New value ${at + 1}`}
                  placeholder="value or {{variable}}"
                  value={row.value}
                  onChange={(text) => change({ value: text })}
                />
              </div>
            </div>
            <RowError>{error}</RowError>
          </>
        )}
      </RowList>
    </RowField>
  );
}
