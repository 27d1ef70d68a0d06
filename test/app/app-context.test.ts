import { json, type ActionFunctionArgs } from '@remix-run/node';
import { describe, expect, test } from 'vitest';
import { requireCsrf } from '../../app/require-csrf.server.ts';
import type { Services } from '../../app/server/services.ts';
import type { Guarded } from '../../commands/guard.ts';
import { cookiesFrom, startEdge, type EdgeOptions } from './edge.ts';

const noon = new Date('2026-05-01T12:00:00Z');

/** Alive sessions by token; the rest of what a guard answers is nothing to the edge. */
const guarding = (sessions: Record<string, { sessionId: string; lastSeenAt: Date }>) =>
  ((token) => Promise.resolve(sessions[token] && { session: sessions[token] })) as (
    token: string,
  ) => Promise<Guarded | undefined>;

const sessions = {
  'token-1': { sessionId: 'session-1', lastSeenAt: noon },
  'token-2': { sessionId: 'session-2', lastSeenAt: noon },
};

/** A page that shows a token, and forms that want it: one of a person, one of whoever is not signed in. */
async function startWithForms(services: Partial<Services> = { guard: guarding(sessions) }) {
  const check = (as: 'principal' | 'anonymous') => async (args: ActionFunctionArgs) => {
    await requireCsrf(args.context, await args.request.formData(), as);
    return json('done');
  };
  const options: EdgeOptions = {
    services,
    clock: () => noon,
    routes: {
      '/token': { loader: async ({ context }) => json(await context.csrf.token()), page: false },
      '/form': { action: check('principal') },
      '/login': { action: check('anonymous') },
    },
  };
  const edge = await startEdge(options);
  const tokenFor = async (cookie?: string) => {
    const answer = await edge.ask('/token', cookie ? { headers: { cookie } } : {});
    return { csrf: JSON.parse(answer.text) as string, cookie: cookiesFrom(answer) };
  };
  const send = async (path: string, csrf: string, cookie: string) =>
    (await edge.post(path, { csrf }, cookie)).status;
  return { edge, tokenFor, send };
}

describe('the csrf field of a form (ASVS 3.5.1)', () => {
  test('is right in the browser it was made for', async () => {
    const { tokenFor, send } = await startWithForms();
    const { csrf, cookie } = await tokenFor();

    expect(await send('/form', csrf, cookie)).toBe(200);
  });

  test('that is missing, empty or made up is answered 403', async () => {
    const { edge, tokenFor, send } = await startWithForms();
    const { cookie } = await tokenFor();

    expect(await send('/form', '', cookie)).toBe(403);
    expect(await send('/form', 'A'.repeat(86), cookie)).toBe(403);
    expect((await edge.post('/form', { other: '1' }, cookie)).status).toBe(403);
  });

  test('of another browser is wrong, also for one without cookies', async () => {
    const { tokenFor, send } = await startWithForms();
    const mine = await tokenFor();
    const theirs = await tokenFor();

    expect(await send('/form', theirs.csrf, mine.cookie)).toBe(403);
    expect(await send('/form', theirs.csrf, '')).toBe(403);
  });

  test('changes with the principal: at sign-in, at sign-out, and from session to session', async () => {
    const { tokenFor, send } = await startWithForms();
    const anonymous = await tokenFor();
    const signedIn = `${anonymous.cookie}; sid=token-1`;
    const { csrf } = await tokenFor(signedIn);

    expect(await send('/form', anonymous.csrf, signedIn)).toBe(403);
    expect(await send('/form', csrf, signedIn)).toBe(200);
    expect(await send('/form', csrf, anonymous.cookie)).toBe(403);
    expect(await send('/form', csrf, `${anonymous.cookie}; sid=token-2`)).toBe(403);
  });

  test('of a sign-in form stays right when the form is sent again after it worked', async () => {
    const { tokenFor, send } = await startWithForms();
    const { csrf, cookie } = await tokenFor();

    expect(await send('/login', csrf, `${cookie}; sid=token-1`)).toBe(200);
  });

  test('of a dead session is that of a browser nobody is signed in with', async () => {
    const { tokenFor, send } = await startWithForms();
    const { csrf, cookie } = await tokenFor('sid=dead');

    expect(await send('/form', csrf, `${cookie}; sid=dead`)).toBe(200);
  });
});

describe('the session of a request', () => {
  const oneMinuteAgo = new Date(noon.getTime() - 60_000);

  async function visit(lastSeenAt: Date, seen: Services['seen'], times = 1) {
    let asked = 0;
    const guard = guarding({ 'token-1': { sessionId: 'session-1', lastSeenAt } });
    const edge = await startEdge({
      clock: () => noon,
      services: {
        guard: (token) => {
          asked += 1;
          return guard(token);
        },
        seen,
      },
      routes: {
        '/page': {
          loader: async ({ context }) => {
            for (let time = 0; time < times; time += 1) await context.session();
            return (await context.session())?.session.sessionId ?? 'nobody';
          },
        },
      },
    });
    const answer = await edge.ask('/page', { headers: { cookie: 'sid=token-1' } });
    return { answer, asked, edge };
  }

  test('is looked up once, however often it is asked for', async () => {
    const { answer, asked } = await visit(noon, async () => undefined, 3);

    expect(answer.text).toContain('session-1');
    expect(asked).toBe(1);
  });

  test('is recorded as seen at most once a minute', async () => {
    const seen: Date[] = [];
    const note: Services['seen'] = async (_guarded, at) => void seen.push(at);

    await visit(new Date(oneMinuteAgo.getTime() + 1), note);
    expect(seen).toEqual([]);
    await visit(oneMinuteAgo, note);
    expect(seen).toEqual([noon]);
  });

  test('costs nobody the page when it cannot be recorded as seen', async () => {
    const { answer, edge } = await visit(oneMinuteAgo, async () => {
      throw new Error('disk full');
    });

    expect(answer.status).toBe(200);
    expect(edge.log()).toContain('"msg":"fault"');
  });

  test('that cannot be looked up is a 503, never a page for nobody', async () => {
    const edge = await startEdge({
      services: {
        guard: () => Promise.reject(Object.assign(new Error('away'), { code: 'unavailable' })),
      },
      routes: { '/page': { loader: async ({ context }) => (await context.session()) ?? 'nobody' } },
    });

    const answer = await edge.ask('/page', { headers: { cookie: 'sid=token-1' } });

    expect(answer.status).toBe(503);
    expect(answer.text).not.toContain('nobody');
  });

  test('is not looked up where nobody asks, nor without a cookie', async () => {
    const edge = await startEdge({
      services: { guard: () => Promise.reject(new Error('asked')) },
      routes: {
        '/still': { loader: () => 'still' },
        '/asking': { loader: async ({ context }) => (await context.session()) ?? 'nobody' },
      },
    });

    expect((await edge.ask('/still', { headers: { cookie: 'sid=x' } })).status).toBe(200);
    expect((await edge.ask('/asking')).text).toContain('nobody');
  });
});

describe('what a route sees of a request', () => {
  test('is neither cookies nor what a proxy said: those come by the context alone', async () => {
    const edge = await startEdge({
      config: { origin: 'https://accounts.example', development: false },
      routes: {
        '/page': { loader: ({ request }) => Object.fromEntries(request.headers) },
      },
    });

    const { text } = await edge.ask('/page', {
      headers: { cookie: 'sid=geheim', 'x-forwarded-for': 'geheim', 'accept-language': 'de' },
    });

    expect(text).toContain('accept-language');
    expect(text).not.toContain('geheim');
  });
});

describe('an account that pages show', () => {
  test('is read once for a page where it is the viewer’s own, and anew where a form may have changed it', async () => {
    const asked: string[] = [];
    const guarded = { session: { ...sessions['token-1'], accountId: 'own' }, loaded: 'as let in' };
    const noting = (how: string) => async (what: string) => {
      asked.push(`${how} ${what}`);
      return { accountId: 'own' };
    };
    const shown = { opened: noting('opened'), loadOpened: noting('read') };
    const see = async ({ context }: ActionFunctionArgs) => {
      await context.opened('own');
      await context.opened('own');
      await context.opened('other');
      return json('seen');
    };
    const edge = await startEdge({
      services: { guard: async () => guarded, shownAccounts: shown } as unknown as Services,
      clock: () => noon,
      routes: { '/page': { loader: see, action: see, page: false } },
    });

    await edge.ask('/page', { headers: { cookie: 'sid=token-1' } });
    expect(asked.splice(0)).toEqual(['opened as let in', 'read other']);

    await edge.post('/page', {}, 'sid=token-1');
    expect(asked).toEqual(['read own', 'read own', 'read other']);
  });
});
