import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { endOtherSessions, endSession } from '../../commands/end-sessions.ts';
import { livingSessions } from '../../commands/living-sessions.ts';
import type { ListedSession } from '../../vault/vault.ts';
import type { AppContext } from '../context.ts';
import { deviceOf } from '../device.server.ts';
import { fieldText } from '../form-fields.server.ts';
import { SessionsPage, type SessionLine } from '../pages/sessions-page.tsx';
import { sessionsText } from '../pages/sessions-text.ts';
import { pageTitle } from '../page-title.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireSignedIn, requireViewer, type Asker } from '../signed-in.server.ts';
import { providerLabel } from '../ways-in.server.ts';

export const meta: MetaFunction = () => pageTitle(sessionsText.title);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { accountId, sessionId } = viewer.session;
  const { account } = viewer;
  const alive = await livingSessions(context.services.deps, { accountId, account }, context.at);
  const [mine, others] = [
    alive.filter((session) => session.sessionId === sessionId),
    alive.filter((session) => session.sessionId !== sessionId),
  ];
  return {
    csrf: await context.csrf.token(),
    sessions: [...mine, ...others].map((session) => lineOf(context, session, sessionId)),
    now: context.at.toISOString(),
  };
}

function lineOf(context: AppContext, session: ListedSession, current: string): SessionLine {
  const { sessionId, method, startedAt, lastSeenAt } = session;
  return {
    sessionId,
    device: deviceOf(session.device),
    way:
      method.kind === 'password'
        ? { kind: 'password' }
        : { kind: 'provider', name: providerLabel(context, method.provider) },
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: sessionId === current,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const asker = await requireSignedIn(context, request);
  const form = await request.formData();
  await requireCsrf(context, form);
  await end(context, asker, form);
  return redirect('/settings/sessions', 303);
}

async function end(context: AppContext, asker: Asker, form: FormData): Promise<void> {
  const { deps } = context.services;
  switch (fieldText(form, 'intent')) {
    case 'end': {
      const ended = await endSession(deps, asker, fieldText(form, 'sessionId'));
      context.cookies.flash.set(ended ? 'session-ended' : 'session-gone');
      return;
    }
    case 'end-others': {
      const count = await endOtherSessions(deps, asker);
      context.cookies.flash.set('sessions-ended', { count: String(count) });
      return;
    }
    default:
      throw new Response(null, { status: 400 });
  }
}

export default function Sessions() {
  return <SessionsPage {...useLoaderData<typeof loader>()} />;
}
