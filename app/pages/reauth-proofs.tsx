import type { ProviderChoice } from '../components/provider-choice.ts';
import { ProviderButtons } from '../components/provider-buttons.tsx';
import { isolate } from './device-text.ts';
import { reauthText } from './reauth-text.ts';

/** A provider at which the person may prove themselves. */
export interface ReauthProof extends ProviderChoice {
  /** It cannot sign when the person last proved themselves: good for one change only (H4). */
  readonly weak: boolean;
}

export interface ReauthProofsProps {
  readonly csrf: string;
  readonly proofs: readonly ReauthProof[];
  readonly redirectTo: string;
}

/** The ways to prove it at a provider, and what a weak one is worth. */
export const ReauthProofs = ({ csrf, proofs, redirectTo }: ReauthProofsProps) => {
  const weak = proofs.filter((proof) => proof.weak).map(({ label }) => isolate(label));
  if (proofs.length === 0) return null;
  return (
    <>
      <ProviderButtons providers={proofs} csrf={csrf} intent="reauth" redirectTo={redirectTo} />
      {weak.length > 0 && (
        <p className="mt-1 text-small text-ink-soft">{reauthText.weak(weak.join(', '))}</p>
      )}
    </>
  );
};
