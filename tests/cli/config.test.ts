import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findProblems } from '../../server/cli/check.ts';
import { envExample, settingsTable } from '../../server/cli/docs.ts';
import { configSchema, readConfig } from '../../server/config.ts';
import { readStartFlags } from '../../server/start.ts';

describe('settings', () => {
  test('have defaults that only this machine can reach', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8080, hasSandbox: true });
  });

  test('start no sandbox in production, unless it is asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' }).hasSandbox).toBe(false);
    expect(readConfig({ NODE_ENV: 'production', ROLLCALL_SANDBOX: 'on' }).hasSandbox).toBe(true);
  });

  test.each([{}, { ROLLCALL_PUBLIC_URL: 'http://rollcall.acme.test' }])(
    'refuse to listen to everybody without https (%#)',
    (env) => {
      expect(() => readConfig({ ROLLCALL_HOST: '0.0.0.0', ...env })).toThrow('ROLLCALL_PUBLIC_URL');
    },
  );

  test('listen to everybody behind https', () => {
    const env = { ROLLCALL_HOST: '0.0.0.0', ROLLCALL_PUBLIC_URL: 'https://rollcall.acme.test' };

    expect(readConfig(env).publicUrl).toBe('https://rollcall.acme.test');
  });

  test('say that PostgreSQL comes later', () => {
    expect(() => readConfig({ ROLLCALL_DATABASE_URL: 'postgres://x' })).toThrow('SQLite only');
  });

  test('need a sender where there is a mail server', () => {
    const ROLLCALL_SMTP_URL = 'smtps://ada:secret@mail.acme.test';

    expect(() => readConfig({ ROLLCALL_SMTP_URL })).toThrow('ROLLCALL_MAIL_FROM');
    expect(() => readConfig({ ROLLCALL_SMTP_URL: 'https://mail.acme.test' })).toThrow('ROLLCALL_SMTP_URL');
    expect(readConfig({ ROLLCALL_SMTP_URL, ROLLCALL_MAIL_FROM: 'Rollcall <r@acme.test>' }).mail?.url).toBe(
      ROLLCALL_SMTP_URL,
    );
  });

  test.each(['50%off', '%ff'])('say how the password of a mail server is written (%s)', (password) => {
    const env = {
      ROLLCALL_SMTP_URL: `smtps://ada:${password}@mail.acme.test`,
      ROLLCALL_MAIL_FROM: 'r@acme.test',
    };

    expect(() => readConfig(env)).toThrow('ROLLCALL_SMTP_URL is not usable: write a percent sign');
  });

  test('name the one that is wrong', () => {
    expect(() => readConfig({ ROLLCALL_PORT: 'eighty' })).toThrow('ROLLCALL_PORT');
  });

  test('.env.example holds each of them as it is', () => {
    const file = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

    expect(file).toBe(envExample());
    for (const name of Object.keys(configSchema.shape)) expect(settingsTable()).toContain(`\`${name}\``);
  });

  test('the table in the README is made from them', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

    expect(readme).toContain(`<!-- settings -->\n${settingsTable().trim()}\n<!-- /settings -->`);
  });
});

describe('flags of start', () => {
  test('are read', () => {
    expect(readStartFlags(['--port', '9000', '--no-open', '--no-sandbox'])).toEqual({
      port: 9000,
      opensBrowser: false,
      hasSandbox: false,
    });
  });

  test.each([[['--port', 'x']], [['--port', '70000']], [['--fast']], [['now']]])('%j is refused', (args) => {
    expect(() => readStartFlags(args)).toThrow('The flags are');
  });
});

describe('rollcall check', () => {
  const file = (graph: unknown) =>
    JSON.stringify({
      format: 'rollcall-workflow/1',
      name: 'Clean-up',
      description: '',
      records: { kind: 'people' },
      graph,
    });
  const begin = { id: 'begin', type: 'begin', name: 'Begin', position: { x: 0, y: 0 }, settings: {} };
  const end = { ...begin, id: 'end', type: 'end', name: 'End' };
  const edge = { id: 'e', from: 'begin', exit: 'next', to: 'end' };

  test('finds nothing wrong with a good file', () => {
    expect(findProblems(file({ blocks: [begin, end], edges: [edge] }))).toEqual([]);
  });

  test.each([
    ['{', /^error {2}The file is not JSON/],
    ['[]', /^error {2}file:/],
    [
      file({ blocks: [begin, end], edges: [{ ...edge, to: 'nowhere' }] }),
      /graph\.edges\[0\]\.to: There is no block "nowhere"/,
    ],
    [file({ blocks: [end], edges: [] }), /no Begin block/],
    [file({ blocks: [{ ...begin, id: '__proto__' }], edges: [] }), /graph\.blocks\[0\]\.id/],
  ])('tells what is wrong, and where (%#)', (text, line) => {
    expect(findProblems(text).some((each) => line.test(each))).toBe(true);
  });
});
