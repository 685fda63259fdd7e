import { gotoClient, startGotoSandbox } from './goto.ts';
import type { Sandbox, SandboxOptions } from './imitation.ts';
import { ninjaClient, startNinjaSandbox } from './ninjaone.ts';
import { planhatToken, startPlanhatSandbox } from './planhat.ts';
import { sandboxClient, startWebexSandbox } from './webex.ts';
import { startZoomSandbox, zoomClient } from './zoom.ts';

type StartOptions = Omit<SandboxOptions<never>, 'people'> & {
  /** Of the vendors that publish no number; the others keep to theirs. */
  requestsPerSecond?: number;
};

/** What an operator would enter to reach an imitated vendor, in the words of a credential's form. */
interface SandboxAccess {
  kind: 'oauth2' | 'account-credentials' | 'bearer';
  clientId?: string;
  clientSecret?: string;
  token?: string;
  inputs?: Record<string, string>;
  baseUrl: string;
  /** Also where the kind needs none: the other ways in begin with the same client. */
  authorizeUrl?: string;
  tokenUrl?: string;
}

interface ImitatedVendor {
  id: string;
  title: string;
  start(options: StartOptions): Promise<Sandbox<unknown>>;
  accessAt(url: string): SandboxAccess;
}

/** Every vendor that is imitated, in the order of their ports. */
export const imitatedVendors: readonly ImitatedVendor[] = [
  {
    id: 'webex',
    title: 'Webex',
    start: startWebexSandbox,
    accessAt: (url) => ({
      kind: 'oauth2',
      clientId: sandboxClient.id,
      clientSecret: sandboxClient.secret,
      baseUrl: `${url}/v1`,
      authorizeUrl: `${url}/v1/authorize`,
      tokenUrl: `${url}/v1/access_token`,
    }),
  },
  {
    id: 'zoom',
    title: 'Zoom',
    start: startZoomSandbox,
    accessAt: (url) => ({
      kind: 'account-credentials',
      clientId: zoomClient.id,
      clientSecret: zoomClient.secret,
      inputs: { account_id: zoomClient.accountId },
      baseUrl: `${url}/v2`,
      authorizeUrl: `${url}/oauth/authorize`,
      tokenUrl: `${url}/oauth/token`,
    }),
  },
  {
    id: 'goto',
    title: 'GoTo',
    start: startGotoSandbox,
    accessAt: (url) => ({
      kind: 'oauth2',
      clientId: gotoClient.id,
      clientSecret: gotoClient.secret,
      baseUrl: `${url}/admin/rest/v1`,
      authorizeUrl: `${url}/oauth/authorize`,
      tokenUrl: `${url}/oauth/token`,
    }),
  },
  {
    id: 'planhat',
    title: 'Planhat',
    start: startPlanhatSandbox,
    accessAt: (url) => ({ kind: 'bearer', token: planhatToken, baseUrl: url }),
  },
  {
    id: 'ninjaone',
    title: 'NinjaOne',
    start: startNinjaSandbox,
    accessAt: (url) => ({
      kind: 'oauth2',
      clientId: ninjaClient.id,
      clientSecret: ninjaClient.secret,
      baseUrl: url,
      authorizeUrl: `${url}/ws/oauth/authorize`,
      tokenUrl: `${url}/ws/oauth/token`,
    }),
  },
];

const triedPorts = 20;

/** Starts at `first` or on the next free port after it. Throws a RangeError when none is free. */
export async function startOnFreePort<T>(first: number, start: (port: number) => Promise<T>): Promise<T> {
  for (let port = first; port < first + triedPorts; port += 1) {
    try {
      return await start(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new RangeError(`No port is free from ${first} to ${first + triedPorts - 1}.`);
}
