import { escapeHtml, toPage } from './html.ts';
import type { WebexPerson } from './webex-person.ts';
import { scopeMeanings } from './webex-scopes.ts';

const note = 'Sandbox: an imitation of Webex';

interface Consent {
  clientName: string;
  account: WebexPerson;
  scopes: readonly string[];
  redirectUri: string;
  /** What the form sends back, as it was asked. */
  request: Readonly<Record<string, string>>;
}

/** Asks the administrator whether the integration may have its scopes. */
export function toConsentPage({ clientName, account, scopes, redirectUri, request }: Consent): string {
  const who = `${account.displayName} (${account.emails[0]})`;
  const listed = scopes.map(
    (scope) => `<li>${escapeHtml(scopeMeanings[scope] ?? scope)}<code>${escapeHtml(scope)}</code></li>`,
  );
  const hidden = Object.entries(request).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `<h1>Allow ${escapeHtml(clientName)} to use Acme’s Webex organisation?</h1>
<p class="soft">You are signed in as ${escapeHtml(who)}. No real account is involved.</p>
<p id="scopes">If you allow it, ${escapeHtml(clientName)} can:</p>
<ul aria-labelledby="scopes">
${listed.join('\n')}
</ul>
<p class="soft">Afterwards you return to ${escapeHtml(new URL(redirectUri).host)}.</p>
<form method="post" action="/v1/authorize">
${hidden.join('\n')}
<button type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="allow" class="main">Allow</button>
</form>`;
  return toPage({ title: `Allow ${clientName}? · Webex sandbox`, note, body });
}

/** Says why there is nothing to allow; shown when it is not safe to send the browser back. */
export function toRefusalPage(reason: string): string {
  const body = `<h1>This request cannot be authorised</h1>
<p role="alert">${escapeHtml(reason)}</p>
<p class="soft">Check the integration’s client ID and redirect address, then start again from there.</p>`;
  return toPage({ title: 'Request refused · Webex sandbox', note, body });
}
