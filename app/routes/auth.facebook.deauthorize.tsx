import { json, type ActionFunctionArgs } from '@remix-run/node';
import { takeFacebookNotice } from '../provider-notice.server.ts';

/** Facebook: somebody removed this app there. No page: its server reads the answer. */
export async function action(args: ActionFunctionArgs) {
  await takeFacebookNotice(args, 'deauthorize');
  return json({ ok: true });
}
