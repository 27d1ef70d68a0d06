import type { AuthorizationRequest } from './authorization-request.ts';
import { failures } from './failures.ts';
import type { Person } from './people.ts';
import type { Role } from './roles.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #777; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 24px 16px; }
main { max-width: 36rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: 0; }
p { margin: 4px 0 16px; } .soft { color: var(--soft); }
fieldset, details { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 16px; padding: 8px 16px; min-width: 0; overflow-wrap: anywhere; }
legend, summary { font-weight: 600; padding: 4px; }
label { display: block; padding: 10px 0; min-height: 24px; }
label + label { border-top: 1px solid var(--line); }
.field { display: grid; gap: 4px; border: 0 !important; }
input:not([type=radio], [type=checkbox]), select, button { font: inherit; padding: 10px; border-radius: 8px; border: 1px solid var(--line); box-sizing: border-box; width: 100%; }
button { font-weight: 600; cursor: pointer; }
`;

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;

/** A page that says one thing. */
export const messagePage = ({ label }: Pick<Role, 'label'>, text: string): string =>
  page(`Local provider, as ${label}`, `<p>${escape(text)}</p>`);

/** The one form: who to be, and what to do wrong. Works without JavaScript. */
export const pickerPage = (
  { role, redirectUri, scope }: AuthorizationRequest,
  people: readonly Person[],
  here: URL,
): string =>
  page(
    `Local provider, as ${role.label}`,
    `<p class="soft">Nobody outside this machine is asked. <bdi>${escape(redirectUri.origin)}</bdi> wants to know who you are${scope === '' ? '' : ` (${escape(scope)})`}.</p>
<form method="post" action="${escape(here.pathname + here.search)}">
<fieldset>
<legend>Who are you?</legend>
${people.map(choice).join('\n')}
</fieldset>
<details>
<summary>Somebody else</summary>
<p class="soft">Typed here counts before who is picked above.</p>
${['subject', 'handle', 'name', 'email'].map(field).join('\n')}
<label><input type="checkbox" name="emailVerified" value="true"> The e-mail is verified</label>
</details>
<details>
<summary>Misbehave once</summary>
<label class="field">Failure
<select name="failure"><option value="">none</option>
${[...failures].map(([name, text]) => `<option value="${name}">${escape(`${name}: ${text}`)}</option>`).join('\n')}
</select></label>
</details>
<label><input type="checkbox" name="remember" value="true"> Stay signed in at this ${escape(role.label)}: the next visit goes straight through</label>
<p><button>Continue</button></p>
</form>`,
  );

const choice = ({ handle, name, email, emailVerified }: Person, index: number) =>
  `<label><input type="radio" name="person" value="${escape(handle)}"${index === 0 ? ' checked' : ''}> <bdi>${escape(name)}</bdi> <span class="soft">${escape(handle)}, ${email === null ? 'no e-mail' : escape(email) + (emailVerified ? '' : ', not verified')}</span></label>`;

const field = (name: string) =>
  `<label class="field">${name === 'email' ? 'E-mail' : name.charAt(0).toUpperCase() + name.slice(1)}<input name="${name}" type="${name === 'email' ? 'email' : 'text'}" autocomplete="off"></label>`;

/** Lets the local provider tell an app what Facebook would. */
export const noticePage = ({ label }: Pick<Role, 'label'>, kinds: readonly string[]): string =>
  page(
    `Local provider, as ${label}: tell an app`,
    `<p class="soft">As when somebody removes the app there, or asks that what came from there be deleted.</p>
<form method="post">
<label class="field">What<select name="kind">${kinds.map((kind) => `<option>${escape(kind)}</option>`).join('')}</select></label>
<label class="field">Subject of whom<input name="subject" required autocomplete="off" value="1815"></label>
<label class="field">Address of the app<input name="app" required value="http://localhost:3000"></label>
<p><button>Tell it</button></p>
</form>`,
  );

/** What the server shows at its own address. */
export const frontPage = (roles: readonly Role[], people: readonly Person[]): string =>
  page(
    'The local identity provider',
    `<p>It plays ${roles.map(({ label }) => escape(label)).join(', ')} for the app that runs beside it, and is no part of any build.</p>
<h2>People</h2>
<ul>${people.map(({ name, handle }) => `<li><bdi>${escape(name)}</bdi> <span class="soft">${escape(handle)}</span></li>`).join('')}</ul>
<h2>Notices</h2>
<p><a href="/facebook/notices">Tell an app that somebody removed it at Facebook</a></p>
<h2>Failures</h2>
<dl>${[...failures].map(([name, text]) => `<dt><code>${name}</code></dt><dd>${escape(text)}</dd>`).join('')}</dl>`,
  );
