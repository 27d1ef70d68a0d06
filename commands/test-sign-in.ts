import type { Heard } from '../providers/heard.ts';
import type { Proved } from '../providers/provider.ts';
import { toldFields, type ToldField } from './told-fields.ts';

/** One answer of a provider, without its secrets. */
export interface ToldAnswer {
  /** Method and address, without the query. */
  readonly from: string;
  readonly status: number;
  readonly fields: readonly ToldField[];
}

/** What came of a test sign-in: it signs nobody in, and nothing of it is stored. */
export interface TestSignIn {
  readonly at: string;
  /** Why it came to nothing: `denied`, or a fault's code. */
  readonly fault: string | null;
  /** What it would mean here: the identity, and whether its e-mail counts as proved. */
  readonly understood: readonly ToldField[];
  readonly answers: readonly ToldAnswer[];
}

type Outcome =
  { readonly ok: true; readonly proved: Proved } | { readonly ok: false; readonly why: string };

/** What a provider returned, and what was made of it; secrets become their length. */
export const testSignIn = (outcome: Outcome, heard: readonly Heard[], at: Date): TestSignIn => ({
  at: at.toISOString(),
  fault: outcome.ok ? null : outcome.why,
  understood: outcome.ok ? understoodOf(outcome.proved) : [],
  answers: heard.map(({ method, from, status, body }) => ({
    from: `${method} ${from}`,
    status,
    fields: toldFields(body),
  })),
});

function understoodOf({ profile, provedEmail, provedAt, tokens }: Proved): readonly ToldField[] {
  const { issuer, subject, handle, name, email } = profile;
  const given = (value: string | undefined) => value ?? null;
  return [
    { name: 'issuer', value: issuer },
    { name: 'subject', value: subject },
    { name: 'handle', value: given(handle) },
    { name: 'name', value: given(name) },
    { name: 'e-mail', value: given(email) },
    { name: 'proved e-mail', value: provedEmail },
    { name: 'proved themselves at', value: provedAt?.toISOString() ?? null },
    { name: 'kept token', ...secretOr(tokens?.accessToken) },
  ];
}

const secretOr = (secret: string | undefined) =>
  secret === undefined ? { value: null } : { secretLength: secret.length };
