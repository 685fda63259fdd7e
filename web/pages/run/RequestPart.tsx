import type { RenderedRequest } from '#contract';
import { JsonTree } from '../../ui/JsonTree.tsx';
import classes from './parts.module.css';

/** The request as it was sent, secrets masked. */
export function RequestPart({ request }: { request: RenderedRequest | null }) {
  if (!request) return <p className={classes.none}>This block sends nothing.</p>;
  const headers = Object.entries(request.headers);
  return (
    <>
      <p className={classes.line}>
        <span className={classes.method} data-method={request.method}>
          {request.method}
        </span>{' '}
        {request.url}
      </p>
      {headers.length > 0 && (
        <>
          <h4 className={classes.label}>Headers</h4>
          <dl className={classes.pairs}>
            {headers.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {request.body !== undefined && request.body !== null && (
        <>
          <h4 className={classes.label}>Body</h4>
          <Body value={request.body} />
        </>
      )}
    </>
  );
}

export function Body({ value }: { value: unknown }) {
  if (typeof value === 'string') return <pre className={classes.text}>{value}</pre>;
  return <JsonTree value={value} />;
}
