import { type ApiSettings, isAboutNobody } from '../domain/api-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import { type PrepareTarget, prepareTarget, type Target } from './call-target.ts';
import { parseJsonTemplate } from './json-template.ts';
import type { Parse } from './request.ts';
import { parseTemplate } from './template.ts';
import type { VendorCall } from './vendor-ports.ts';

type Variables = Readonly<Record<string, unknown>>;
type NamingCall = Pick<VendorCall, 'credential' | 'method' | 'url' | 'body'>;

/**
 * Whom a request acts on about which only its method is known: the account that its URL or its body names, looked at as
 * the vendor's presets do. Null when its author says that it is about nobody's account and it names none; undefined when
 * nothing says how to look at whom.
 */
export function prepareNamedTarget(
  settings: ApiSettings,
  vendor: Vendor | undefined,
  preset: Preset | undefined,
  context: Parse,
  own: readonly string[],
): (variables: Variables, call: NamingCall) => Target | null | undefined {
  const isNobodys = isAboutNobody(settings, preset);
  const ways = waysToLook(vendor).map((preset) =>
    prepareTarget({ ...settings, ...placeOf(preset) }, vendor, preset, quietly, own),
  );
  const byUrl = prepareTarget(settings, vendor, undefined, context, own);

  return (variables, call) => {
    const text = textOf(call);
    for (const way of ways) {
      const target = rendered(way, variables, call);
      if (target && [target.id, target.email].some((name) => isNamed(name, text))) return unsettled(target);
    }
    if (isNobodys) {
      const account = (variables.saas_user as { identifier?: unknown } | undefined)?.identifier;
      return isNamed(String(account ?? ''), text) ? undefined : null;
    }
    // A POST to a list names nobody, whatever its URL ends in.
    return call.method === 'POST' ? undefined : unsettled(byUrl(variables, call));
  };
}

/** Whether nothing could ever be sent: no account can be looked at, and nobody said that there is none. */
export const hasNoWay = (
  settings: ApiSettings,
  vendor: Vendor | undefined,
  preset: Preset | undefined,
): boolean =>
  settings.method === 'POST' && !isAboutNobody(settings, preset) && waysToLook(vendor).length === 0;

/** One preset for each way in which the vendor's presets look at an account. */
function waysToLook(vendor: Vendor | undefined): Preset[] {
  const ways = new Map<string, Preset>();
  for (const preset of vendor?.presets ?? []) {
    const { target } = preset;
    if (target) ways.set(JSON.stringify([target.read, target.id, target.email]), preset);
  }
  return [...ways.values()];
}

const placeOf = ({ request }: Preset) => ({ method: request.method, url: request.path });

/** What the author did not write is nobody's mistake: a record that lacks a value is looked at in another way. */
const quietly: Parse = {
  template: (text, setting) => parseTemplate(text, setting),
  jsonTemplate: (text, setting) => parseJsonTemplate(text, setting),
  issue: () => {},
};

function rendered(way: PrepareTarget, variables: Variables, call: NamingCall): Target | undefined {
  try {
    return way(variables, call);
  } catch (error) {
    if (error instanceof AppError && error.code === 'template_error') return undefined;
    throw error;
  }
}

/** What the request wants is not known, so nothing shows that it is done already. */
const unsettled = (target: Target): Target => ({ ...target, isSettled: () => null });

/** All that a request says, in small letters, as it is and without the encoding of its place. */
const textOf = ({ url, body }: NamingCall): string =>
  [url, body ?? '']
    .flatMap((part) => [part, decoded(part)])
    .join('\n')
    .toLowerCase();

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

/** Whether a text holds a name as a whole: the id 17 is not named by 2017. */
function isNamed(name: string, text: string): boolean {
  const wanted = name.trim().toLowerCase();
  if (wanted === '') return false;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + wanted.length])) return true;
  }
  return false;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
