import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startWebexSandbox } from '../../server/sandbox/webex.ts';
import { client, openSandbox, startedAt, tokenRequest } from './open-sandbox.ts';

function newStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deep', 'state.jsonl');
}

describe('a sandbox with a state file', () => {
  it('is the same after a restart, even when the clock and the options have moved on', async () => {
    const stateFile = newStateFile();
    const first = await openSandbox({ stateFile });
    const { access_token: token } = first.issueToken();
    const ada = first.person('ada@acme.test');
    await first.call('DELETE', `/people/${first.person('grace@acme.test').id}`);
    await first.call('PUT', `/people/${ada.id}`, { body: { ...ada, title: 'Countess' } });
    await first.call('POST', '/people', { body: { emails: ['new@acme.test'], displayName: 'New' } });
    const [people, entries] = [first.people(), [...first.ledger.entries]];
    await first.close();

    const second = await startWebexSandbox({ stateFile, now: () => startedAt + 1e9, peopleCount: 99 });
    onTestFinished(() => second.close());

    expect(second.people()).toEqual(people);
    expect(second.ledger.entries).toEqual(entries);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${second.url}/v1/people/me`, { headers })).status).toBe(200);
    expect(second.ledger.entries.at(-1)?.sequence).toBe(entries.length + 1);
  });

  it('keeps the people it was first given', async () => {
    const stateFile = newStateFile();
    const one = { ...(await openSandbox()).person('ada@acme.test') };
    const first = await openSandbox({ stateFile, people: [one] });
    const people = first.people();
    await first.close();

    const second = await openSandbox({ stateFile });

    expect(people.map((person) => person.emails[0])).toEqual(['ada@acme.test', 'it-admin@acme.test']);
    expect(second.people()).toEqual(people);
  });

  it('keeps no token in the file, and refreshes with one from before', async () => {
    const stateFile = newStateFile();
    const first = await openSandbox({ stateFile });
    const { access_token, refresh_token } = first.issueToken();
    await first.close();
    const second = await openSandbox({ stateFile });

    const answer = await tokenRequest(second, { grant_type: 'refresh_token', ...client, refresh_token });

    const text = readFileSync(stateFile, 'utf8');
    expect([text.includes(access_token), text.includes(refresh_token)]).toEqual([false, false]);
    expect(answer.status).toBe(200);
  });

  it('forgets the half of a line that a killed process left', async () => {
    const stateFile = newStateFile();
    const first = await openSandbox({ stateFile });
    await first.call('GET', '/people/me');
    await first.close();
    appendFileSync(stateFile, '{"entry":{"sequence":2,"met');

    const second = await openSandbox({ stateFile });
    await second.call('GET', '/people/me');
    await second.close();
    const third = await openSandbox({ stateFile });

    expect(third.ledger.entries.map((entry) => entry.sequence)).toEqual([1, 2]);
  });
});

describe('a sandbox of its own process', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));

  async function start(state: string): Promise<{ child: ChildProcess; url: string }> {
    const args = ['--vendor', 'webex', '--port', '0', '--state', state, '--people', '30', '--rate', '1000'];
    const child = spawn(process.execPath, ['--conditions=source', 'server/sandbox/main.ts', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    return { child, url: /^Webex sandbox listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? line };
  }

  it('has kept everything that it answered when it is killed, and stops when asked to', async () => {
    const state = dirname(newStateFile());
    const first = await start(state);
    const issued = await fetch(`${first.url}/_sandbox/tokens`, { method: 'POST' });
    const headers = {
      authorization: `Bearer ${((await issued.json()) as { access_token: string }).access_token}`,
    };
    const { people } = (await (await fetch(`${first.url}/_sandbox/people`)).json()) as {
      people: { id: string }[];
    };
    const deletion = await fetch(`${first.url}/v1/people/${people[1]!.id}`, { method: 'DELETE', headers });
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await start(state);
    const again = await fetch(`${second.url}/v1/people/${people[1]!.id}`, { method: 'DELETE', headers });
    const ledger = await (await fetch(`${second.url}/_sandbox/ledger?method=DELETE`)).json();
    second.child.kill('SIGTERM');
    const [code] = await once(second.child, 'exit');

    expect([deletion.status, again.status]).toEqual([204, 404]);
    expect(ledger).toMatchObject({ calls: [{ performed: 204 }, { performed: 404 }] });
    expect(code).toBe(0);
  }, 20_000);
});
