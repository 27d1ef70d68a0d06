import { createHmac } from 'node:crypto';
import { isLoopback } from '../../config/loopback.ts';
import { sendPage, type Exchange } from './exchange.ts';
import { messagePage, noticePage } from './picker-page.ts';
import type { Role } from './roles.ts';

export interface Signed {
  readonly user_id: string;
  /** Seconds. */
  readonly issued_at: number;
  readonly algorithm?: string;
}

/** A `signed_request` as Facebook makes them. */
export function signedRequest(clientSecret: string, signed: Signed): string {
  const body = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', ...signed }));
  const text = body.toString('base64url');
  const signature = createHmac('sha256', clientSecret).update(text).digest('base64url');
  return `${signature}.${text}`;
}

export const noticeKinds = ['deauthorize', 'data-deletion'] as const;

/** Tells an app on this machine what Facebook would tell it, and shows what it answered. */
export async function sendNotice(role: Role, exchange: Exchange): Promise<void> {
  const { body } = exchange;
  const kind = noticeKinds.find((known) => known === body.get('kind'));
  const app = body.get('app') ?? '';
  const local = URL.canParse(app) && isLoopback(new URL(app).hostname);
  const user_id = body.get('subject') ?? '';
  if (!kind || !local || user_id === '') {
    return sendPage(exchange, 400, messagePage(role, 'Say what, of whom, and to which app here.'));
  }
  const signed = { user_id, issued_at: Math.floor(Date.now() / 1000) };
  const answer = await fetch(new URL(`/auth/facebook/${kind}`, app), {
    method: 'POST',
    body: new URLSearchParams({ signed_request: signedRequest(role.clientSecret, signed) }),
    redirect: 'manual',
  });
  const text = `The app answered ${answer.status}: ${await answer.text()}`;
  sendPage(exchange, 200, messagePage(role, text));
}

/** The form that sends one. */
export const showNotices = (role: Role, exchange: Exchange): void =>
  sendPage(exchange, 200, noticePage(role, noticeKinds));
