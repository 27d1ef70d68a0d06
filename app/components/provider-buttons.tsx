import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Form } from './form.tsx';
import type { ProviderChoice } from './provider-choice.ts';
import { ProviderMark } from './provider-mark.tsx';
import { providerVerb, type ProviderIntent } from './provider-text.ts';

export interface ProviderButtonProps {
  readonly provider: ProviderChoice;
  readonly csrf: string;
  readonly intent: ProviderIntent;
  /** Where it leads afterwards; the page of the intent without it. */
  readonly redirectTo?: string | undefined;
  /** Other words than the intent's own. */
  readonly children?: string;
  readonly label?: string;
  readonly wide?: boolean;
}

/** Leaves for a provider. Always a POST: a link, a prefetch or an image can never start a round trip (O12). */
export const ProviderButton = (props: ProviderButtonProps) => {
  const { provider, csrf, intent, redirectTo, children, label, wide = true } = props;
  return (
    <Form csrf={csrf} action={`/auth/${provider.name}`} hidden={{ intent, redirectTo }}>
      <Button kind="quiet" wide={wide} label={label} icon={<ProviderMark provider={provider} />}>
        {children ?? providerVerb(intent, provider.label)}
      </Button>
    </Form>
  );
};

export interface ProviderButtonsProps {
  /** In the order of the page; all of one size, as their owners ask. */
  readonly providers: readonly ProviderChoice[];
  readonly csrf: string;
  readonly intent: ProviderIntent;
  readonly redirectTo?: string | undefined;
  /** Two in a row where there is room. */
  readonly pairs?: boolean;
  /** One more, of another kind. */
  readonly children?: ReactNode;
}

/** One button per provider; nothing where there are none. */
export const ProviderButtons = (props: ProviderButtonsProps) => {
  const { providers, pairs = false, children, ...rest } = props;
  if (providers.length === 0 && !children) return null;
  return (
    <ul className={`grid gap-1.5 ${pairs ? 'mid:grid-cols-2' : ''}`}>
      {providers.map((provider) => (
        <li key={provider.name}>
          <ProviderButton {...rest} provider={provider} />
        </li>
      ))}
      {children && <li>{children}</li>}
    </ul>
  );
};
