import { buttonClass } from '../components/button.tsx';
import { landingText as text } from './landing-text.ts';
import { SampleRegister } from './sample-register.tsx';

/** The first page for somebody who is not signed in: what this is, and the two ways on. */
export const LandingPage = () => (
  <div className="grid gap-8 wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] wide:pt-5">
    <div className="mx-auto w-full max-w-main wide:mx-0">
      <h1 className="text-title font-semibold tracking-tight mid:text-display">{text.headline}</h1>
      <p className="mt-2 max-w-text text-lead text-ink-soft">{text.lead}</p>
      <p className="mt-4 grid gap-2 mid:flex">
        <a href="/register" className={buttonClass('primary')}>
          {text.register}
        </a>
        <a href="/login" className={buttonClass('quiet')}>
          {text.signIn}
        </a>
      </p>
      <dl className="mt-6 divide-y divide-line border-y border-line">
        {text.facts.map(([title, words]) => (
          <div key={title} className="py-2">
            <dt className="font-semibold">{title}</dt>
            <dd className="text-ink-soft">{words}</dd>
          </div>
        ))}
      </dl>
    </div>
    <SampleRegister />
  </div>
);
