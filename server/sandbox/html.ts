import { createHash } from 'node:crypto';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes any text safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

/** Style of the sandbox's own pages: nothing is loaded, light and dark follow the reader's system. */
const css = `
:root { color-scheme: light dark; --page: #f2f4f6; --card: #fff; --ink: #16202a; --soft: #51606f; --line: #8793a0;
  --accent: #0b6b53; --on-accent: #fff; --note: #fff3cf; --on-note: #4a3600; }
@media (prefers-color-scheme: dark) { :root { --page: #10161c; --card: #1a232c; --ink: #e8edf2; --soft: #a9b6c3;
  --line: #6d7b89; --accent: #53c9a6; --on-accent: #06231b; --note: #3d3108; --on-note: #ffe9a8; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--page);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; overflow: hidden; background: var(--card); border: 1px solid var(--line);
  border-radius: 0.75rem; }
.note { margin: 0; padding: 0.6rem 1.5rem; background: var(--note); color: var(--on-note); font-weight: 600; }
.body { padding: 1.5rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
ul, dl { margin: 0 0 1.5rem; padding: 0; list-style: none; }
li { padding: 0.6rem 0; border-top: 1px solid var(--line); }
li code { display: block; color: var(--soft); font-size: 0.85rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1.5rem; }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
form { display: flex; gap: 0.75rem; }
button { flex: 1; padding: 0.7rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: transparent;
  color: var(--ink); font: inherit; font-weight: 600; cursor: pointer; }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const cssHash = createHash('sha256').update(css).digest('base64');

/** A whole page. `body` is markup: everything in it that came from outside has been escaped. */
export function toPage({ title, note, body }: { title: string; note: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${css}</style>
</head>
<body>
<main>
<p class="note">${escapeHtml(note)}</p>
<div class="body">
${body}
</div>
</main>
</body>
</html>
`;
}

/** Headers of every page. A form may end at a loopback address only: browsers hold redirects after a form to this too. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${cssHash}'`,
    "form-action 'self' http://127.0.0.1:* http://localhost:* https://127.0.0.1:* https://localhost:*",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
