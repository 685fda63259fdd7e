import { join } from 'node:path';
import type { SandboxInfo } from '#contract';
import { AppError } from '#domain/errors';
import type { SettingsStore } from '#engine/access-ports';
import { vendors } from '#presets';
import type { Config } from './config.ts';
import { imitatedVendors, startOnFreePort } from './sandbox/imitated-vendors.ts';
import type { Sandbox as RunningSandbox } from './sandbox/imitation.ts';

export interface Sandbox {
  info: SandboxInfo;
  /** `host:port` of the imitated vendors. */
  hosts: readonly string[];
  close(): Promise<void>;
}

type ImitatedVendor = (typeof imitatedVendors)[number];

/**
 * Starts the imitated vendors beside this server, on the ports that they had before: credentials are stored with them.
 * Throws `conflict` when no port is free.
 */
export async function startSandbox(
  config: Pick<Config, 'data' | 'sandboxPort' | 'sandboxRate'>,
  settings: SettingsStore,
): Promise<Sandbox> {
  const running: RunningSandbox<unknown>[] = [];
  const info: SandboxInfo = { vendors: [] };
  const close = async () => void (await Promise.all(running.map((one) => one.close())));
  let next = config.sandboxPort;
  try {
    for (const vendor of imitatedVendors) {
      const remembered = await settings.find(portKeyOf(vendor));
      const { id, start } = vendor;
      const sandbox = await startOnFreePort(Number(remembered ?? next), (port) =>
        start({
          port,
          requestsPerSecond: config.sandboxRate,
          stateFile: join(config.data, `sandbox-${id}.jsonl`),
        }),
      );
      running.push(sandbox);
      const { port } = new URL(sandbox.url);
      if (port !== remembered) await settings.save(portKeyOf(vendor), port);
      info.vendors.push(toInfo(vendor, sandbox.url));
      next = Number(port) + 1;
    }
  } catch (error) {
    await close();
    throw error instanceof RangeError ? noPortFree(error) : error;
  }
  return { info, hosts: info.vendors.map(({ url }) => new URL(url).host), close };
}

/** The first one's key is from the time when there was only one. */
function portKeyOf({ id }: ImitatedVendor): string {
  return id === 'webex' ? 'sandbox.port' : `sandbox.port.${id}`;
}

/** A credential that is ready to be created and authenticated. */
function toInfo({ id, title, accessAt }: ImitatedVendor, url: string): SandboxInfo['vendors'][number] {
  const { clientId = '', ...access } = accessAt(url);
  const methods = vendors.find((vendor) => vendor.id === id)?.auth ?? [];
  const scoped = methods.find((method) => 'scopes' in method);
  return {
    vendorId: id,
    url,
    credential: {
      name: `${title} sandbox`,
      owner: 'IT',
      vendorId: id,
      description: `The imitated ${title} organisation of this server. Nothing real is touched.`,
      scopes: scoped?.scopes.map((scope) => scope.name).join(' ') ?? '',
      clientId,
      ...access,
    },
  };
}

function noPortFree(cause: RangeError): AppError {
  return new AppError(
    'conflict',
    `The sandbox cannot start. ${cause.message} Free one, choose another with ROLLCALL_SANDBOX_PORT, or start with --no-sandbox.`,
    { cause },
  );
}
