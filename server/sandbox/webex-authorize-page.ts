const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const toHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

const meanings: Record<string, string> = {
  'spark-admin:people_read': 'See everybody in the organisation',
  'spark-admin:people_write': 'Create, change and delete people',
  'spark-admin:roles_read': 'See the names of roles',
  'spark-admin:licenses_read': 'See licences',
  'spark-admin:organizations_read': 'See the organisation',
  'spark:people_read': 'Look up people by e-mail address or name',
};

const style = `
  :root { color-scheme: light dark; --back: #f4f6f9; --card: #fff; --text: #1c2430; --soft: #566173; --line: #dfe4ec; --act: #4053c9; --on: #fff; }
  @media (prefers-color-scheme: dark) { :root { --back: #11151c; --card: #1a202a; --text: #e8ecf3; --soft: #a2adbd; --line: #2c3543; --act: #8c9bff; --on: #11151c; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
  main { width: 100%; max-width: 440px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 32px; }
  .note { display: inline-block; margin: 0 0 20px; padding: 4px 10px; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); font-size: 13px; }
  h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; }
  p { margin: 0 0 16px; color: var(--soft); }
  ul { margin: 0 0 28px; padding: 0; list-style: none; border-top: 1px solid var(--line); }
  li { padding: 12px 0; border-bottom: 1px solid var(--line); }
  code { display: block; color: var(--soft); font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
  form { display: flex; gap: 12px; }
  button { flex: 1; padding: 10px 16px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
  button.main { background: var(--act); border-color: var(--act); color: var(--on); }
  button:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;

const page = (title: string, content: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${toHtml(title)}</title><style>${style}</style></head>
<body><main><p class="note">Sandbox: an imitation of Webex</p>${content}</main></body></html>`;

/** Asks whether the application may do what it wants to; the answer is posted back with the whole request. */
export function consentPage(query: Record<string, string | undefined>): string {
  const scopes = (query.scope ?? '').split(/\s+/).filter(Boolean);
  const kept = [
    'response_type',
    'client_id',
    'redirect_uri',
    'scope',
    'state',
    'code_challenge',
    'code_challenge_method',
  ];
  const hidden = kept
    .filter((name) => query[name] !== undefined)
    .map((name) => `<input type="hidden" name="${name}" value="${toHtml(query[name] ?? '')}">`)
    .join('');
  const rows = scopes
    .map(
      (scope) =>
        `<li>${toHtml(meanings[scope] ?? 'Use this part of the API')}<code>${toHtml(scope)}</code></li>`,
    )
    .join('');
  return page(
    'Allow access to Acme',
    `<h1>Allow Rollcall to use Acme's Webex organisation?</h1>
<p>You are signed in as it-admin@acme.test, a full administrator. The application asks to:</p>
<ul>${rows}</ul>
<form method="post" action="/v1/authorize">${hidden}<button name="decision" value="deny">Deny</button><button class="main" name="decision" value="allow">Allow</button></form>`,
  );
}

export function errorPage(problem: string): string {
  return page(
    'This login cannot go on',
    `<h1>This login cannot go on</h1><p>${toHtml(problem)}</p><p>Go back, correct the credential, and authenticate again.</p>`,
  );
}

export function sandboxPage(counts: { people: number; calls: number; deletions: number }): string {
  return page(
    'Webex sandbox',
    `<h1>Webex sandbox</h1><p>A local imitation of Webex with an example company. Nothing here reaches the real Webex.</p>
<ul><li>${counts.people} people</li><li>${counts.calls} calls received</li><li>${counts.deletions} people deleted</li></ul>
<p><a href="/_sandbox/ledger">Every call received</a></p>`,
  );
}
