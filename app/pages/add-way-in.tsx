import { buttonClass } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import type { ProviderChoice } from '../components/provider-choice.ts';
import { ProviderButtons } from '../components/provider-buttons.tsx';
import { connectionsText as text } from './connections-text.ts';

export interface AddWayInProps {
  readonly csrf: string;
  readonly providers: readonly ProviderChoice[];
  readonly hasPassword: boolean;
}

/** Where "add another first" leads to. */
export const AddWayIn = ({ csrf, providers, hasPassword }: AddWayInProps) => {
  const nothing = providers.length === 0 && hasPassword;
  return (
    <section id="add" className="scroll-mt-3">
      <h2 className="text-lead font-semibold">{text.addTitle}</h2>
      <p className="mt-0.5 max-w-text text-ink-soft">
        {nothing ? text.nothingToAdd : text.addLead}
      </p>
      <div className="mt-2">
        <ProviderButtons providers={providers} csrf={csrf} intent="link" pairs>
          {!hasPassword && (
            <a href="/settings/password" className={buttonClass('quiet', true)}>
              <Icon name="key" className="absolute start-2" />
              {text.setPassword}
            </a>
          )}
        </ProviderButtons>
      </div>
    </section>
  );
};
