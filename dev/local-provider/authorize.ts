import { readAuthorizationRequest, type AuthorizationRequest } from './authorization-request.ts';
import { sendBack, sendPage, type Exchange } from './exchange.ts';
import { mannerAt } from './failures.ts';
import { peopleOf, readAnswer, type Answer } from './picker-answer.ts';
import { messagePage, pickerPage } from './picker-page.ts';
import { readRemembered, rememberHeader, type Remembered } from './remembered.ts';
import type { Role } from './roles.ts';
import type { Stage } from './stage.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Where a client sends somebody: shows who they can be, and sends them back with a code. */
export function authorize(stage: Stage, role: Role, exchange: Exchange): void {
  const asked = readAuthorizationRequest(stage, role, exchange.url.searchParams);
  if ('page' in asked) return sendPage(exchange, 400, messagePage(role, asked.page));
  if ('error' in asked) return sendBack(exchange, withError(role, asked.back, asked.error));

  const known = readRemembered(exchange, role.name);
  if (exchange.method === 'POST') return answered(stage, asked, exchange);
  if (known && goesThrough(asked, known)) {
    return sendBack(exchange, comeBack(stage, asked, { ...known, failure: '' }));
  }
  sendPage(exchange, 200, pickerPage(asked, peopleOf(known), exchange.url));
}

/** Somebody who stays signed in here is asked only where the client insists. */
const goesThrough = ({ mustAsk, maxAge }: AuthorizationRequest, { authTime }: Remembered) =>
  !mustAsk && (maxAge === null || now() - authTime < maxAge);

function answered(stage: Stage, asked: AuthorizationRequest, exchange: Exchange): void {
  const { role } = asked;
  const known = readRemembered(exchange, role.name);
  const answer = readAnswer(exchange.body, known);
  if (typeof answer === 'string') return sendPage(exchange, 400, messagePage(role, answer));

  const keeps = answer.person === known?.person && !asked.mustProve && !isTooOld(asked, known);
  const authTime = keeps ? known.authTime : now();
  const cookie = answer.remember
    ? rememberHeader(role.name, { person: answer.person, authTime })
    : {};
  sendBack(exchange, comeBack(stage, asked, { ...answer, authTime }), cookie);
}

const isTooOld = ({ maxAge }: AuthorizationRequest, { authTime }: Remembered) =>
  maxAge !== null && now() - authTime >= maxAge;

type Decided = Pick<Answer, 'person' | 'failure'> & Pick<Remembered, 'authTime'>;

/** The way back: with a code, or as wrong as was asked for. */
function comeBack(stage: Stage, asked: AuthorizationRequest, decided: Decided): URL {
  const { role, redirectUri, state, challenge, nonce, scope } = asked;
  const { failure, person, authTime } = decided;
  const back = new URL(redirectUri);
  back.searchParams.set('state', failure === 'wrong-state' ? `${state.slice(1)}x` : state);
  if (failure === 'denied') return withError(role, back, 'access_denied');

  const keys = mannerAt('keys-', failure);
  if (keys) stage.next.set('keys', keys);
  const grant = { role, challenge, nonce, scope, person, failure, authTime };
  const made = { ...grant, redirectUri: redirectUri.href, madeAt: now(), asked: new Map() };
  back.searchParams.set('code', stage.grants.makeCode(made));
  return withIss(role, back, failure);
}

function withError(role: Role, back: URL, error: string): URL {
  back.searchParams.set('error', error);
  back.searchParams.set('error_description', 'The <b>local</b> provider says no.');
  if (role.name === 'facebook') back.searchParams.set('error_reason', 'user_denied');
  return withIss(role, back, '');
}

function withIss({ iss }: Role, back: URL, failure: string): URL {
  const own = failure === 'wrong-iss' ? 'https://attacker.example' : iss;
  if (own !== null && failure !== 'missing-iss') back.searchParams.append('iss', own);
  if (failure === 'duplicate-iss') {
    if (own === null) back.searchParams.append('iss', 'https://attacker.example');
    back.searchParams.append('iss', own ?? 'https://attacker.example');
  }
  return back;
}
