import { escapeHtml, toPage } from './html.ts';

interface Consent {
  /** Name of the imitated vendor. */
  vendor: string;
  /** Such as "Acme’s Webex organisation". */
  organization: string;
  clientName: string;
  /** Who is signed in. */
  account: string;
  scopes: readonly string[];
  scopeMeanings: Readonly<Record<string, string>>;
  redirectUri: string;
  /** What the form sends back, as it was asked. */
  request: Readonly<Record<string, string>>;
  /** Path that the form is sent to. */
  action: string;
}

/** Asks the administrator whether the integration may have its scopes. */
export function toConsentPage(consent: Consent): string {
  const { vendor, organization, clientName, account, scopes, scopeMeanings, redirectUri, request } = consent;
  const listed = scopes.map(
    (scope) => `<li>${escapeHtml(scopeMeanings[scope] ?? scope)}<code>${escapeHtml(scope)}</code></li>`,
  );
  const hidden = Object.entries(request).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `<h1>Allow ${escapeHtml(clientName)} to use ${escapeHtml(organization)}?</h1>
<p class="soft">You are signed in as ${escapeHtml(account)}. No real account is involved.</p>
<p id="scopes">If you allow it, ${escapeHtml(clientName)} can:</p>
<ul aria-labelledby="scopes">
${listed.join('\n')}
</ul>
<p class="soft">Afterwards you return to ${escapeHtml(new URL(redirectUri).host)}.</p>
<form method="post" action="${escapeHtml(consent.action)}">
${hidden.join('\n')}
<button type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="allow" class="main">Allow</button>
</form>`;
  return toPage({ title: `Allow ${clientName}? · ${vendor} sandbox`, note: noteOf(vendor), body });
}

/** Says why there is nothing to allow; shown when it is not safe to send the browser back. */
export function toRefusalPage(vendor: string, reason: string): string {
  const body = `<h1>This request cannot be authorised</h1>
<p role="alert">${escapeHtml(reason)}</p>
<p class="soft">Check the integration’s client ID and redirect address, then start again from there.</p>`;
  return toPage({ title: `Request refused · ${vendor} sandbox`, note: noteOf(vendor), body });
}

function noteOf(vendor: string): string {
  return `Sandbox: an imitation of ${vendor}`;
}
