import { canonical, canonicalEmail } from '../canonical.ts';

/** What somebody typed to say who they are, in the form its claim key is made of. */
export interface SignInIdentifier {
  readonly kind: 'email' | 'username';
  readonly value: string;
}

/** No username holds an @. Nothing is refused here: what names nobody is found nowhere. */
export function signInIdentifier(text: string): SignInIdentifier {
  const value = canonical(text);
  if (!value.includes('@')) return { kind: 'username', value };
  return { kind: 'email', value: canonicalEmail(value) };
}
