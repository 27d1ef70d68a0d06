import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { changesEmail, changeProfile } from '../../commands/change-profile.ts';
import { freshlyProved, weaklyProvedFor } from '../../commands/guard.ts';
import { displayName, emailAddress, username } from '../../domain/account/form-values.ts';
import { badFields, limitedForm, orTryAgain, refusedForm } from '../answers.server.ts';
import { checkFields, hasErrors, typedValues } from '../form-fields.server.ts';
import { ProfilePage } from '../pages/profile-page.tsx';
import { profileText } from '../pages/profile-text.ts';
import { pageTitle } from '../page-title.ts';
import { personOf } from '../person.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireFreshProof, requireSignedIn, requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(profileText.title);

const page = '/settings';
const fieldOf = { 'email-taken': 'email', 'username-taken': 'username' } as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personOf(context, viewer);
  const stored = { username: person.username, name: person.name, email: person.email ?? '' };
  const { sessionId } = viewer.session;
  // What was typed before a re-authentication waits for its page only while that proof is fresh.
  const proved =
    freshlyProved(viewer.session, context.at) || weaklyProvedFor(viewer.session, page, context.at);
  const typed = proved ? context.cookies.typed.take({ sessionId, page }) : undefined;
  const values = { ...stored, ...typed };
  return { csrf: await context.csrf.token(), values, waited: typed !== undefined };
}

/** Name, username and e-mail in one change; the e-mail asks for a fresh proof. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = typedValues(form, ['username', 'name', 'email']);
  return orTryAgain(context, typed, async () => {
    const asker = await requireSignedIn(context, request);
    await requireCsrf(context, form);
    // Somebody who never had an e-mail may go on without one.
    const email = asker.account.email ? emailAddress : emailAddress.or(z.literal(''));
    const { values, errors } = checkFields(form, { username, name: displayName, email });
    if (hasErrors(errors)) return badFields(typed, errors);

    if (changesEmail(context.services.deps, asker.account, values.email)) {
      context.cookies.typed.keep({ sessionId: asker.session.sessionId, page }, typed);
      await requireFreshProof(context, asker, page);
    }
    const answer = await changeProfile(context.services.deps, asker, values);
    if (answer.ok) {
      context.cookies.flash.set(answer.events.length > 0 ? 'profile-saved' : 'profile-unchanged');
      return redirect(page, 303);
    }
    if (answer.why === 'limited') return limitedForm(typed, answer);
    return refusedForm(typed, answer, fieldOf);
  });
}

export default function Settings() {
  const { csrf, values, waited } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const alert = waited ? ({ tone: 'warning', text: profileText.waited } as const) : undefined;
  return <ProfilePage state={{ csrf, values, alert, ...answer }} />;
}
