import fc from 'fast-check';
import type { Account } from '../../domain/account/account.ts';
import { cancelDeletion } from '../../domain/account/cancel-deletion.ts';
import { changeEmail } from '../../domain/account/change-email.ts';
import { changePassword } from '../../domain/account/change-password.ts';
import { changeProfile } from '../../domain/account/change-profile.ts';
import { changeUsername } from '../../domain/account/change-username.ts';
import { deleteAccount } from '../../domain/account/delete-account.ts';
import type { AccountEvent } from '../../domain/account/events.ts';
import { finishDeletion } from '../../domain/account/finish-deletion.ts';
import { grantRole } from '../../domain/account/grant-role.ts';
import { linkProvider } from '../../domain/account/link-provider.ts';
import { recoverPassword } from '../../domain/account/recover-password.ts';
import { registerUser } from '../../domain/account/register-user.ts';
import { removePassword } from '../../domain/account/remove-password.ts';
import { restoreMethod } from '../../domain/account/restore-method.ts';
import { revokeRole } from '../../domain/account/revoke-role.ts';
import { setPassword } from '../../domain/account/set-password.ts';
import { suspendMethod } from '../../domain/account/suspend-method.ts';
import { unlinkProvider } from '../../domain/account/unlink-provider.ts';
import * as past from './account-events.ts';
import { accountOf, type Decision, type Rule } from './given.ts';

/** Somebody asks for something. Drawn from small pools, so that wishes meet one another. */
export interface Wish {
  readonly text: string;
  readonly decide: (account: Account) => Decision;
}

type Drawn<Fields> = { readonly [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> };

const providers = ['github', 'google'];
const somebody = fc.record({
  provider: fc.constantFrom(...providers),
  subject: fc.constantFrom('1', '2'),
});
const identityRef = somebody.map(past.refOf);
const proved = somebody.map((who) => ({ ...past.refOf(who), profile: past.profileOf(who) }));
const attemptId = fc.nat().map((number) => `attempt-${number}`);
const credentialId = fc.constantFrom('credential-1', 'credential-2', 'credential-3');
const email = fc.constantFrom('a@a.org', 'A@a.org', 'b@a.org').map(past.keyed);
const username = fc.constantFrom('ann', 'Ann', 'ben').map(past.keyed);
const name = fc.constantFrom('Ann', 'Ben');
const configured = fc.subarray(providers);
const eraseAt = fc.constantFrom('2026-01-08T00:00:00.000Z', '2026-02-01T00:00:00.000Z');

const ask = <Command>(rule: Rule<Command>, command: fc.Arbitrary<Command>): fc.Arbitrary<Wish> =>
  command.map((asked) => ({
    text: `${rule.name} ${JSON.stringify(asked)}`,
    decide: (account) => rule(asked, account),
  }));

const of = <Fields extends object>(fields: Drawn<Fields>) =>
  fc.record(fields).map((drawn) => ({ ...past.asked, ...drawn }));

const ofIdentity = <Fields extends object>(fields: Drawn<Fields>) =>
  fc.tuple(identityRef, of(fields)).map(([ref, asked]) => ({ ...asked, ...ref }));

const firstMethod = fc.oneof(
  credentialId.map((id) => ({ kind: 'password', credentialId: id }) as const),
  proved.map((identity) => ({ kind: 'identity', ...identity }) as const),
);
const registration = of({
  attemptId,
  keyId: fc.constant('key-1'),
  email: fc.option(email),
  username,
  name,
  method: firstMethod,
});
const password = of({ attemptId, credentialId });
const linking = fc.tuple(proved, of({ attemptId })).map(([who, asked]) => ({ ...asked, ...who }));

export const registering = ask(registerUser, registration);

const common = [
  ask(changeProfile, of({ name })),
  ask(changeEmail, of({ attemptId, email })),
  ask(changeUsername, of({ attemptId, username })),
  ask(setPassword, password),
  ask(changePassword, of({ attemptId, credentialId, provedCredentialId: credentialId })),
  ask(removePassword, of({ configured })),
  ask(linkProvider, linking),
  ask(
    unlinkProvider,
    ofIdentity({ configured, reason: fc.constantFrom('asked', 'moved', 'provider') }),
  ),
  ask(suspendMethod, ofIdentity({ reason: fc.constantFrom('recovery', 'provider') })),
  ask(restoreMethod, ofIdentity({ proved: fc.boolean() })),
];
const rare = [
  registering,
  ask(recoverPassword, password),
  ask(deleteAccount, of({ eraseAt })),
  ask(cancelDeletion, fc.constant(past.asked)),
  ask(grantRole, of({ role: fc.constant('auditor' as const) })),
  ask(revokeRole, of({ role: fc.constant('auditor' as const) })),
  ask(finishDeletion, of({ why: fc.constantFrom('asked', 'due', 'listed') })),
];

/** Every command there is; those that close most doors to others come seldom. */
export const wish: fc.Arbitrary<Wish> = fc.oneof(
  { arbitrary: fc.oneof(...common), weight: 12 },
  { arbitrary: fc.oneof(...rare), weight: 2 },
);

/** A history that some people's wishes led to: a registration first, then whatever the rules let through. */
export const history: fc.Arbitrary<readonly AccountEvent[]> = fc
  .tuple(registering, fc.array(wish, { maxLength: 40, size: 'max' }))
  .map(([first, wishes]) => [first, ...wishes].reduce(grown, []));

function grown(events: readonly AccountEvent[], { decide }: Wish): readonly AccountEvent[] {
  const decision = decide(accountOf(...events));
  return decision.ok ? [...events, ...decision.value] : events;
}
