import type { RenderedRequest } from '#contract';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { HeaderPairs } from './HeaderPairs.tsx';
import { JsonBody } from './JsonBody.tsx';
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
        {request.url} <CopyButton text={request.url} what="the address" />
      </p>
      {headers.length > 0 && (
        <>
          <h4 className={classes.label}>Headers</h4>
          <HeaderPairs headers={headers} />
        </>
      )}
      {request.body !== undefined && request.body !== null && (
        <>
          <h4 className={classes.label}>Body</h4>
          <JsonBody value={request.body} root="request" what="the body of the request" />
        </>
      )}
    </>
  );
}
