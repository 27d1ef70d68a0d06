import type { MetaFunction } from '@remix-run/node';
import { SignedOutPage } from '../pages/signed-out-page.tsx';
import { signedOutText } from '../pages/signed-out-text.ts';
import { pageTitle } from '../page-title.ts';

export const meta: MetaFunction = () => pageTitle(signedOutText.title);

export default function SignedOut() {
  return <SignedOutPage />;
}
