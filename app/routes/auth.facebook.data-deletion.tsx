import { json, type ActionFunctionArgs } from '@remix-run/node';
import { takeFacebookNotice } from '../provider-notice.server.ts';

/** Facebook: somebody wants what came from there gone. Answers where its state can be read, as Facebook prescribes. */
export async function action(args: ActionFunctionArgs) {
  const code = await takeFacebookNotice(args, 'data-deletion');
  const url = `${args.context.settings.origin}/auth/facebook/data-deletion/${code}`;
  return json({ url, confirmation_code: code });
}
