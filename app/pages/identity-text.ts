import type { ProviderChoice } from '../components/provider-choice.ts';
import { wayText } from './device-text.ts';

/** Somebody's account elsewhere, as it says of itself; all of it may be missing. */
export interface Identity {
  readonly provider: ProviderChoice;
  readonly handle?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** What it is called is not shown now (H19). */
  readonly hidden?: boolean | undefined;
}

/** "GitHub @ada": by the handle, else by what else tells two of one provider apart. */
export function identityText({ provider, handle, email, name, hidden }: Identity): string {
  const way = { kind: 'provider', name: provider.label } as const;
  return wayText(hidden ? { ...way, hidden: true } : { ...way, handle: handle ?? email ?? name });
}
