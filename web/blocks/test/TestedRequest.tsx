import type { TestRequest } from '#contract';
import { JsonTree } from '../../ui/JsonTree.tsx';
import classes from './test.module.css';

/** The request with its variables filled in, secrets masked. */
export function TestedRequest({ request }: { request: NonNullable<TestRequest['request']> }) {
  const headers = Object.entries(request.headers);
  return (
    <section className={classes.part} aria-label="Request">
      <h3 className={classes.title}>Request</h3>
      <p className={classes.line}>
        <b>{request.method}</b> {request.url}
      </p>
      {headers.map(([name, value]) => (
        <p key={name} className={classes.header}>
          <span>{name}</span> {value}
        </p>
      ))}
      {request.body !== null && request.body !== undefined && (
        <div className={classes.body}>
          <JsonTree value={request.body} />
        </div>
      )}
    </section>
  );
}
