import { join } from 'node:path';
import type { SandboxInfo } from '#contract';
import { AppError } from '#domain/errors';
import { loginOf } from '#domain/vendor';
import type { SettingsStore } from '#engine/access-ports';
import { vendors } from '#presets';
import type { Config } from './config.ts';
import { sandboxClient, startWebexSandbox, type WebexSandbox } from './sandbox/webex.ts';

export interface Sandbox {
  info: SandboxInfo;
  /** `host:port` of the imitated vendors. */
  hosts: readonly string[];
  close(): Promise<void>;
}

const portKey = 'sandbox.port';
const triedPorts = 20;

/**
 * Starts the imitated vendors beside this server, on the port that they had before: credentials are stored with it.
 * Throws `conflict` when no port is free.
 */
export async function startSandbox(
  config: Pick<Config, 'data' | 'sandboxPort' | 'sandboxRate'>,
  settings: SettingsStore,
): Promise<Sandbox> {
  const remembered = await settings.find(portKey);
  const webex = await startOnFreePort(Number(remembered ?? config.sandboxPort), (port) =>
    startWebexSandbox({
      port,
      requestsPerSecond: config.sandboxRate,
      stateFile: join(config.data, 'sandbox-webex.jsonl'),
    }),
  );
  const { port, host } = new URL(webex.url);
  if (port !== remembered) await settings.save(portKey, port);
  return {
    info: { vendors: [toWebexInfo(webex.url)] },
    hosts: [host],
    close: () => webex.close(),
  };
}

async function startOnFreePort(
  first: number,
  start: (port: number) => Promise<WebexSandbox>,
): Promise<WebexSandbox> {
  for (let port = first; port < first + triedPorts; port += 1) {
    try {
      return await start(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new AppError(
    'conflict',
    `The sandbox found no free port from ${first} to ${first + triedPorts - 1}. Free one, choose another with ROLLCALL_SANDBOX_PORT, or start with --no-sandbox.`,
  );
}

/** A credential that is ready to be created and authenticated. */
function toWebexInfo(url: string): SandboxInfo['vendors'][number] {
  const webex = vendors.find((vendor) => vendor.id === 'webex');
  return {
    vendorId: 'webex',
    url,
    credential: {
      name: 'Webex sandbox',
      owner: 'IT',
      vendorId: 'webex',
      description: 'The imitated Webex organisation of this server. Nothing real is touched.',
      scopes: (webex && loginOf(webex))?.scopes.map((scope) => scope.name).join(' ') ?? '',
      clientId: sandboxClient.id,
      clientSecret: sandboxClient.secret,
      baseUrl: `${url}/v1`,
      authorizeUrl: `${url}/v1/authorize`,
      tokenUrl: `${url}/v1/access_token`,
    },
  };
}
