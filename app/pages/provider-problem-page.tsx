import { buttonClass } from '../components/button.tsx';
import type { ProviderChoice } from '../components/provider-choice.ts';
import { ProviderButtons } from '../components/provider-buttons.tsx';
import type { ProviderIntent } from '../components/provider-text.ts';
import { Explanation } from './explanation.tsx';
import { problemText, providerProblemText as text } from './provider-problem-text.ts';
import type { ProviderProblem } from './provider-problem-text.ts';

export interface ProviderProblemPageProps {
  readonly problem: ProviderProblem;
  /** Whose callback it was. */
  readonly provider?: ProviderChoice | undefined;
  /** What somebody set out to do; `continue` where nobody knows. */
  readonly intent: ProviderIntent;
  /** The ways on: all providers, or those that count as proof. */
  readonly providers: readonly ProviderChoice[];
  readonly csrf: string;
  readonly redirectTo?: string | undefined;
  /** What an operator finds in the logs. */
  readonly requestId?: string | undefined;
}

function backOf(intent: ProviderIntent, redirectTo: string | undefined): string {
  const query = redirectTo ? `?redirectTo=${encodeURIComponent(redirectTo)}` : '';
  if (intent === 'link') return '/settings/connections';
  return intent === 'reauth' ? `/reauth${query}` : `/login${query}`;
}

/** A way to or from a provider that ended: what happened, what is safe, what to do, and the other ways. */
export const ProviderProblemPage = (props: ProviderProblemPageProps) => {
  const { problem, provider, intent, providers, csrf, redirectTo, requestId } = props;
  const words = problemText(problem, provider?.label);
  return (
    <div className="mx-auto max-w-text mid:pt-3" data-refusal={problem}>
      <h1 className="text-title font-semibold tracking-tight">{words.title}</h1>
      <Explanation {...words} requestId={requestId} />
      <section aria-label={text.ways[intent]} className="mt-4 grid gap-1.5">
        {problem === 'form-only' && (
          <a href="/register" className={buttonClass('primary', true)}>
            {text.register}
          </a>
        )}
        <a href={backOf(intent, redirectTo)} className={buttonClass('quiet', true)}>
          {text.back[intent]}
        </a>
        <ProviderButtons
          providers={providers}
          csrf={csrf}
          intent={intent}
          redirectTo={redirectTo}
        />
      </section>
    </div>
  );
};
