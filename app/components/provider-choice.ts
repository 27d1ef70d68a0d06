/** Whose mark stands beside a way in. GitHub Enterprise wears GitHub's; any OpenID provider its own first letter. */
export type ProviderKind = 'github' | 'google' | 'facebook' | 'oidc';

/** A provider as pages speak of it. */
export interface ProviderChoice {
  /** Its name in addresses and events: `github`, `acme`. */
  readonly name: string;
  /** What people read: "GitHub". */
  readonly label: string;
  readonly kind: ProviderKind;
}

const ownKinds: readonly string[] = ['github', 'google', 'facebook'] satisfies ProviderKind[];

const isOwnKind = (name: string): name is ProviderKind => ownKinds.includes(name);

/** Names of ours are their kind, also where the provider is no longer configured; every other is OpenID. */
export const providerKind = (name: string): ProviderKind => (isOwnKind(name) ? name : 'oidc');
