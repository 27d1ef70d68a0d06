import type { ProviderChoice } from '../components/provider-choice.ts';
import { wayText } from './device-text.ts';

/** Somebody's account elsewhere, as it says of itself; all of it may be missing. */
export interface Identity {
  readonly provider: ProviderChoice;
  readonly handle?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** "GitHub @ada": by the handle, else by what else tells two of one provider apart. */
export const identityText = ({ provider, handle, email, name }: Identity): string =>
  wayText({ kind: 'provider', name: provider.label, handle: handle ?? email ?? name });
