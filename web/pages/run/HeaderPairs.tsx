import classes from './parts.module.css';

/** Headers as they were sent or came, secrets masked. */
export function HeaderPairs({ headers }: { headers: [name: string, value: string][] }) {
  return (
    <dl className={classes.pairs}>
      {headers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
