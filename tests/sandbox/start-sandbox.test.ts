import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../server/start-sandbox.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandboxes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function newSettings() {
  const kept = new Map<string, string>();
  return {
    kept,
    find: async (key: string) => kept.get(key),
    save: async (key: string, value: string) => void kept.set(key, value),
    remove: async (key: string) => void kept.delete(key),
  };
}

async function listen(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as { port: number }).port };
}

describe('the sandboxes beside the server', () => {
  it('say for each vendor where it is and what a credential needs', async () => {
    const { port } = await listen();
    const sandbox = await startSandbox(
      { data: newFolder(), sandboxPort: port, sandboxRate: 300 },
      newSettings(),
    );
    onTestFinished(() => sandbox.close());

    const { vendors } = sandbox.info;

    expect(vendors.map((vendor) => [vendor.vendorId, vendor.credential.kind])).toEqual([
      ['webex', 'oauth2'],
      ['zoom', 'account-credentials'],
      ['goto', 'oauth2'],
      ['planhat', 'bearer'],
      ['ninjaone', 'oauth2'],
    ]);
    expect(sandbox.hosts).toEqual(vendors.map(({ url }) => new URL(url).host));
    expect(vendors[1]?.credential).toMatchObject({ inputs: { account_id: expect.any(String) } });
    expect(vendors[4]?.credential.scopes).toContain('offline_access');
    for (const { url, credential } of vendors) expect(credential.baseUrl).toContain(url);
  });

  it('come back on the ports that they had, even when others are free by then', async () => {
    const taken = await listen();
    const [data, settings] = [newFolder(), newSettings()];
    const options = { data, sandboxPort: taken.port, sandboxRate: 300 };
    const first = await startSandbox(options, settings);
    await first.close();
    taken.server.close();

    const second = await startSandbox(options, settings);
    onTestFinished(() => second.close());

    expect(second.hosts).toEqual(first.hosts);
    expect(settings.kept.size).toBe(5);
  });
});
