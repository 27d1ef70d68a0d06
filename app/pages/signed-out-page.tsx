import { buttonClass } from '../components/button.tsx';
import { NarrowPage, TextLink } from './narrow-page.tsx';
import { signedOutText as text } from './signed-out-text.ts';

/** After signing out: what is over, and what is not. */
export const SignedOutPage = () => (
  <NarrowPage
    title={text.title}
    lead={<p>{text.lead}</p>}
    below={<TextLink href="/">{text.home}</TextLink>}
  >
    <p>{text.others}</p>
    <p className="mt-3">
      <a href="/login" className={buttonClass('primary', true)}>
        {text.signIn}
      </a>
    </p>
  </NarrowPage>
);
