/** One thing a provider told. A secret comes as its length alone: its value goes nowhere. */
export type ToldField =
  | { readonly name: string; readonly value: string | null }
  | { readonly name: string; readonly secretLength: number };

/** What may be used to sign in or to call is named like this; its value is not shown. */
const SECRET_NAME =
  /token|secret|code|nonce|proof|assertion|password|session|signature|cookie|hash/i;
/** What only describes such a thing: its kind, where to get one, which kinds there are. */
const PLAIN_NAME = /^(token_type|scope)$|_(endpoint|uri|supported)$/i;
/** What is a token whatever it is called: GitHub's, Google's, Facebook's, and any that is signed. */
const TOKEN_LIKE = /^(gh[a-z]_|github_pat_|ya29\.|EAA)|^eyJ[\w-]*\.[\w-]+\./;
const MOST = 60;
const LONGEST = 300;

/**
 * The fields of an answer in JSON, nested ones under dotted names; an id token's claims under `id_token`. Anything else
 * is told by its length: an error page may repeat what was sent.
 */
export function toldFields(body: string): readonly ToldField[] {
  const json = parsed(body);
  if (json === undefined) return [{ name: 'no JSON', secretLength: body.length }];
  return fieldsOf('', json).slice(0, MOST);
}

function fieldsOf(name: string, value: unknown): readonly ToldField[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      fieldsOf(name === '' ? key : `${name}.${key}`, inner),
    );
  }
  if (value === null || value === undefined) return [{ name, value: null }];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!isSecret(name, text)) return [{ name, value: text.slice(0, LONGEST) }];
  const hidden = { name, secretLength: text.length };
  return name === 'id_token' ? [hidden, ...claimsOf(text)] : [hidden];
}

function isSecret(name: string, text: string): boolean {
  if (TOKEN_LIKE.test(text)) return true;
  const isPlain = name.split('.').some((part) => PLAIN_NAME.test(part));
  return !isPlain && SECRET_NAME.test(name);
}

/** What an id token says; its signature, which makes it worth something, is left out. */
function claimsOf(token: string): readonly ToldField[] {
  const claims = parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return typeof claims === 'object' && claims !== null
    ? Object.entries(claims).flatMap(([key, value]) => fieldsOf(`claims.${key}`, value))
    : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // HTML, a form, nothing at all: told as such
  }
}
