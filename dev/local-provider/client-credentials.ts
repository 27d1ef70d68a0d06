import { timingSafeEqual } from 'node:crypto';
import type { Exchange } from './exchange.ts';
import type { Role } from './roles.ts';

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Whether a request proves to be the client's: by Basic, encoded as RFC 6749 2.3.1 says, or in the body. */
export function isClient(exchange: Exchange, { name, clientId, clientSecret }: Role): boolean {
  const inBody = bodyCredentials(exchange);
  // Facebook knows nothing of Basic; nobody may use two ways at once.
  const given = name === 'facebook' ? inBody : (basicCredentials(exchange) ?? inBody);
  if (!given) return false;
  return same(given.id, clientId) && same(given.secret, clientSecret);
}

function basicCredentials({ headers }: Exchange): Credentials | undefined {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/.exec(headers.authorization ?? '');
  if (!match?.[1]) return undefined;
  const [id = '', ...secret] = Buffer.from(match[1], 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

/** What cannot be decoded is no credential of anybody. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function bodyCredentials({ body }: Exchange): Credentials | undefined {
  const [id, secret] = [body.get('client_id'), body.get('client_secret')];
  return id === null || secret === null ? undefined : { id, secret };
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
