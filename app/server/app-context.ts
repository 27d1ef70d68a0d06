import type { IncomingMessage } from 'node:http';
import type { Environment } from '../../config/environment.ts';
import type { AppContext, Csrf, CsrfBinding, Once } from '../context.ts';
import { clientAddress } from './client-address.ts';
import { CookieJar } from './cookie-jar.ts';
import type { CookieKeys } from './cookie-keys.ts';
import { cookiesOf } from './cookies.ts';
import { csrfToken, csrfTokenIsOf, type Principal } from './csrf.ts';
import { edgeState } from './edge-state.ts';
import type { Logger } from './logger.ts';
import { mintOnce, readOnce } from './once.ts';
import { formPage, redirectTo } from './redirect-to.ts';
import type { Guarded } from '../../commands/guard.ts';
import { codeOf } from '../fault-answer.ts';
import type { Services } from './services.ts';

export interface ContextParts {
  readonly config: Environment;
  readonly cookieKeys: CookieKeys;
  readonly services: Services;
  readonly logger: Logger;
  readonly clock: () => Date;
}

/** The context of one request, and the jar that its answer's cookies come from. */
export interface MadeContext {
  readonly context: AppContext;
  readonly jar: CookieJar;
}

const SEEN_EVERY_MS = 60_000;
const LONGEST_USER_AGENT = 512;

/** Makes what every loader and action of a request gets. Nothing is looked up before somebody asks. */
export function createContext(parts: ContextParts, request: IncomingMessage): MadeContext {
  const { config, cookieKeys: keys, services, logger } = parts;
  const { requestId, nonce } = edgeState(request);
  const at = parts.clock();
  const jar = new CookieJar(request.headers.cookie, { secure: config.origin.startsWith('https:') });
  const cookies = cookiesOf({ jar, keys, at });
  const report = (error: unknown) =>
    logger.error({ requestId, route: edgeState(request).route, err: error }, 'fault');
  const session = once(() => findSession({ services, report, at }, cookies.session.read()));
  const viewer = once(() => session().catch(viewerInstead(services, cookies.session.read())));
  const context: AppContext = {
    requestId,
    nonce,
    at,
    from: originOf(request, config.trustedProxies),
    sendsForm: request.method === 'POST',
    settings: config,
    cookies,
    csrf: csrfOf(keys, viewer, () => cookies.anonymous.id()),
    once: onceOf(keys, () => cookies.anonymous.id(), at),
    services,
    answer: new Headers(),
    session,
    viewer,
    opened: openedOf(services, { viewer, readOnce: request.method !== 'POST' }),
    look: undefined,
    redirectTo: (value) => redirectTo(value, config.origin),
    formPage: (value) => formPage(value, config.origin),
    report,
  };
  return { context, jar };
}

function originOf(request: IncomingMessage, trustedProxies: number): AppContext['from'] {
  const ip = clientAddress(request, trustedProxies);
  const userAgent = request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT);
  return { ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) };
}

/** Recording that a session was used must not cost anybody the page. */
async function findSession(
  { services, report, at }: Pick<AppContext, 'services' | 'report' | 'at'>,
  token: string | undefined,
): Promise<Guarded | undefined> {
  const guarded = token === undefined ? undefined : await services.guard(token);
  const unseen = guarded ? at.getTime() - guarded.session.lastSeenAt.getTime() : 0;
  if (guarded && unseen >= SEEN_EVERY_MS) await services.seen(guarded, at).catch(report);
  return guarded;
}

/** Where the log is away a page is still shown, to whom it was known to belong. */
const viewerInstead =
  (services: Pick<AppContext['services'], 'viewer'>, token: string | undefined) =>
  (error: unknown): Promise<Guarded | undefined> => {
    if (token === undefined || codeOf(error) !== 'unavailable') throw error;
    return services.viewer(token);
  };

interface Opening {
  readonly viewer: () => Promise<Guarded | undefined>;
  /** Nothing but pages is asked for: the viewer's own account is as it was when they were let in. */
  readonly readOnce: boolean;
}

function openedOf(
  { shownAccounts }: Pick<AppContext['services'], 'shownAccounts'>,
  { viewer, readOnce }: Opening,
): AppContext['opened'] {
  const own = once(async () => {
    const known = await viewer();
    return known && shownAccounts.opened(known.loaded);
  });
  return async (accountId) => {
    const known = readOnce ? await own() : undefined;
    return known?.accountId === accountId ? known : shownAccounts.loadOpened(accountId);
  };
}

function csrfOf(keys: CookieKeys, viewer: AppContext['viewer'], anonymousId: () => string): Csrf {
  const anonymous = (): Principal => ({ kind: 'anonymous', id: anonymousId() });
  const principal = async (as: CsrfBinding): Promise<Principal> => {
    const living = as === 'anonymous' ? undefined : await viewer();
    return living ? { kind: 'session', id: living.session.sessionId } : anonymous();
  };
  return {
    token: async (as = 'principal') => csrfToken(keys.csrf, await principal(as)),
    check: async (token, as = 'principal') => csrfTokenIsOf(keys.csrf, token, await principal(as)),
  };
}

const onceOf = (keys: CookieKeys, anonymousId: () => string, at: Date): Once => ({
  mint: () => mintOnce(keys.once, anonymousId(), at),
  read: (value) => readOnce(keys.once, anonymousId(), { value, at }),
});

/** Asks the first time, answers the same ever after. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= ask());
}
