import { buttonClass } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { isolate } from './device-text.ts';
import { NarrowPage, TextLink } from './narrow-page.tsx';
import { signedOutText as text } from './signed-out-text.ts';

export interface SignedOutPageProps {
  /** What the provider is called, where this browser signed in through one: it knows nothing of our sign-out (H20). */
  readonly provider?: string | undefined;
}

/** After signing out: what is over, and what is not. */
export const SignedOutPage = ({ provider }: SignedOutPageProps) => (
  <NarrowPage
    title={text.title}
    lead={<p>{text.lead}</p>}
    below={<TextLink href="/">{text.home}</TextLink>}
  >
    {provider && (
      <div className="mb-2">
        <Notice tone="warning" title={text.stillThere(isolate(provider))}>
          <p>{text.signOutThere}</p>
        </Notice>
      </div>
    )}
    <p>{text.others}</p>
    <p className="mt-3">
      <a href="/login" className={buttonClass('primary', true)}>
        {text.signIn}
      </a>
    </p>
  </NarrowPage>
);
