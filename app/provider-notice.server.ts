import { json, type ActionFunctionArgs } from '@remix-run/node';
import { takeNotice } from '../commands/provider-notice.ts';
import type { NoticeKind } from '../vault/vault-notices.ts';
import { fieldText } from './form-fields.server.ts';
import { requireProvider } from './round-trip.server.ts';

/**
 * What Facebook's server posts: no session, no form of ours, only its signature (H13). Answers the code; throws 400 for
 * what it did not sign, and 404 where it is not configured.
 */
export async function takeFacebookNotice(
  { context, request }: Pick<ActionFunctionArgs, 'context' | 'request'>,
  kind: NoticeKind,
): Promise<string> {
  const provider = requireProvider(context, 'facebook');
  const signed = fieldText(await request.formData(), 'signed_request');
  const { requestId } = context;
  const taken = await takeNotice(context.services.deps, { provider, kind, signed, requestId });
  if (taken) return taken.code;
  throw json({ error: 'This signed_request is not good.' }, { status: 400 });
}
