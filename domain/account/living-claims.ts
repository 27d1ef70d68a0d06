import type { LivingAccount, OwnedClaim } from './account.ts';

/** Everything a living account holds a claim on: its e-mail, its username, every identity, suspended or not. */
export function livingClaims(account: LivingAccount): readonly OwnedClaim[] {
  const { email, username, methods } = account;
  return [
    ...(email ? [{ kind: 'email', ...email } as const] : []),
    { kind: 'username', ...username },
    ...methods
      .filter((method) => method.kind === 'identity')
      .map(
        ({ identityId, attemptId }) => ({ kind: 'identity', key: identityId, attemptId }) as const,
      ),
  ];
}
