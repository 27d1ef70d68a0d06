/** What somebody sets out to do at a provider. */
export type ProviderIntent = 'continue' | 'link' | 'reauth';

const verbs: Readonly<Record<ProviderIntent, (label: string) => string>> = {
  continue: (label) => `Continue with ${label}`,
  link: (label) => `Connect ${label}`,
  reauth: (label) => `Prove it with ${label}`,
};

/** "Continue with GitHub", "Connect GitHub", "Prove it with GitHub". */
export const providerVerb = (intent: ProviderIntent, label: string): string => verbs[intent](label);
