import { parseArgs } from 'node:util';
import { AppError } from '#domain/errors';
import type { Vendor } from '#domain/vendor';
import { systemClock } from '../clock.ts';
import { type Finding, isError, toLine } from '../conformance/finding.ts';
import type { Trial } from '../conformance/trial.ts';
import { tryVendor } from '../conformance/try-vendor.ts';
import { readVendorFile } from '../conformance/vendor-file.ts';
import { createTrialClient, signWith } from './trial-client.ts';
import { wrongUse } from './usage.ts';

const usage =
  'Use: rollcall check FILE [--base-url URL] [--change ADDRESS]... [--input NAME=VALUE]..., with the secret in ROLLCALL_CHECK_SECRET';

/**
 * `check FILE` of a vendor's definition: asks it the questions that built-in vendors are asked; with a base URL, those
 * that only the vendor's answers tell, too. Sets the exit code where something is wrong.
 */
export async function checkVendorFile(
  file: string,
  text: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const options = readOptions(args);
  const { vendor, findings } = readVendorFile(text);
  const found = [...findings];
  if (vendor && options.baseUrl !== undefined)
    found.push(...(await tryVendor(toTrial(vendor, options.baseUrl, options, env))));

  for (const finding of found) process.stdout.write(`${toLine(finding)}\n`);
  process.stdout.write(`${file}: ${summaryOf(vendor, found, options.baseUrl)}\n`);
  if (found.some(isError)) process.exitCode = 1;
}

interface Options {
  baseUrl: string | undefined;
  change: string[];
  inputs: Record<string, string>;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'base-url': { type: 'string' },
        change: { type: 'string', multiple: true, default: [] },
        input: { type: 'string', multiple: true, default: [] },
      },
    });
    const inputs = values.input.map((one) => one.split(/=(.*)/s));
    if (inputs.some(([name, value]) => !name || value === undefined))
      throw new TypeError('--input needs NAME=VALUE.');
    return {
      baseUrl: values['base-url'],
      change: values.change.map((address) => address.toLowerCase()),
      inputs: Object.fromEntries(inputs.map(([name, value]) => [name, value])),
    };
  } catch (cause) {
    throw new AppError('invalid', `${(cause as Error).message} ${usage}`, { place: 'usage', cause });
  }
}

function toTrial(
  vendor: Vendor,
  baseUrl: string,
  { change, inputs }: Options,
  env: Readonly<Record<string, string | undefined>>,
): Trial {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
    throw wrongUse(`"${baseUrl}" is no base URL. ${usage}`);
  const secret = env.ROLLCALL_CHECK_SECRET;
  if (!secret)
    throw new AppError(
      'invalid',
      'The variable ROLLCALL_CHECK_SECRET is empty. Put the token, key or password into it: a command line can be seen by others.',
    );
  const clientFor = (value: string) =>
    createTrialClient(vendor, baseUrl, signWith(vendor, value, env.ROLLCALL_CHECK_USER));
  return {
    ...{ vendor, baseUrl, inputs, clock: systemClock, signal: new AbortController().signal },
    client: clientFor(secret),
    stranger: clientFor('nobody-gave-this-out'),
    mayChange: change,
    isWhole: false,
  };
}

function summaryOf(vendor: Vendor | null, found: readonly Finding[], baseUrl: string | undefined): string {
  const errors = found.filter(isError).length;
  if (errors > 0) return errors === 1 ? 'one thing is wrong.' : `${errors} things are wrong.`;
  const presets = vendor?.presets.length ?? 0;
  const asked = baseUrl === undefined ? 'Give --base-url to try them' : `They were tried at ${baseUrl}`;
  return `nothing is wrong. ${presets === 1 ? 'One preset' : `${presets} presets`}. ${asked}.`;
}
