import { GitBranch, ListChecks, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './RunFacts.module.css';

type Props = {
  versionNumber: number;
  isDraftNewer: boolean;
  total: number;
  noun: string;
  loadsFirst: boolean;
  /** In words; null when nothing is taken from anybody. */
  harm: string | null;
  /** Whether some of it cannot be taken back. */
  isPermanent: boolean;
};

/** What a run uses, looks at and may take from people: one line each. */
export function RunFacts(props: Props) {
  const { versionNumber, isDraftNewer, total, noun, loadsFirst, harm, isPermanent } = props;
  const count = total.toLocaleString();
  return (
    <ul className={classes.facts}>
      <Fact icon={<GitBranch size={17} aria-hidden />}>
        <strong>Version {versionNumber}</strong> runs.
        {isDraftNewer && ' The draft has newer changes; they are not part of it until they are launched.'}
      </Fact>
      <Fact icon={<ListChecks size={17} aria-hidden />}>
        <strong>
          {count} {noun}
        </strong>{' '}
        {isDraftNewer ? 'match the rules of the draft now' : 'match the rules of Begin now'}, so at most that
        many will be looked at.
        {loadsFirst && ' Users are loaded first, which may change the number.'}
      </Fact>
      {harm === null ? (
        <Fact icon={<ShieldCheck size={17} aria-hidden />}>No block of it deletes or disables anything.</Fact>
      ) : (
        <Fact icon={<ShieldAlert size={17} aria-hidden />} isDanger>
          <strong>{harm}</strong> At most {count} accounts can be reached.
          {isPermanent && ' Deleted accounts cannot be brought back from here.'}
        </Fact>
      )}
    </ul>
  );
}

function Fact({ icon, isDanger, children }: { icon: ReactNode; isDanger?: boolean; children: ReactNode }) {
  return (
    <li className={classes.fact} data-danger={isDanger || undefined}>
      {icon}
      <p>{children}</p>
    </li>
  );
}
