import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AppError } from '#domain/errors';
import type { CredentialService } from '#engine/service-ports';

const patienceMs = 10 * 60_000;

/**
 * Lets somebody log in at the vendor with a browser on this machine, and waits until the vendor sends it back to
 * `port` here. Throws `vendor_rejected` with what the vendor said, and `cancelled` after ten minutes.
 */
export async function logIn(
  credentials: Pick<CredentialService, 'authorize' | 'finish'>,
  id: string,
  { port, show }: { port: number; show(authorizeUrl: string): void },
): Promise<void> {
  // What a session is for a browser at the server: whoever did not begin here cannot end here.
  const sessionHash = randomBytes(32).toString('hex');
  const { authorizeUrl } = await credentials.authorize(id, { sessionHash, returnTo: '/' });
  const server = createServer();
  try {
    const back = new Promise<string | null>((resolve) => {
      server.on('request', async (request, response) => {
        const say = (status: number, text: string) => {
          response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
          response.end(`${text}\n`);
        };
        const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname !== '/api/v1/oauth/callback') return say(404, 'There is nothing here.');
        try {
          const { error } = await credentials.finish(search, sessionHash);
          say(200, error ?? 'You are logged in. You can close this page.');
          resolve(error);
        } catch (cause) {
          // A request that does not belong to this login ends nothing.
          say(400, cause instanceof AppError ? cause.message : 'This did not work.');
        }
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    show(authorizeUrl);
    const problem = await Promise.race([back, late()]);
    if (problem !== null) throw new AppError('vendor_rejected', problem);
  } finally {
    server.close();
    server.closeIdleConnections();
  }
}

function late(): Promise<never> {
  const why = 'Nobody logged in within ten minutes. Begin again.';
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new AppError('cancelled', why)), patienceMs).unref();
  });
}
