import type { DeletedAccount, LivingAccount } from './account.ts';
import type { IdentityRef } from './commands.ts';
import type { AccountEvent } from './events.ts';

/**
 * Identities whose provider is still to be asked to forget its consent, after an event: those that their owner
 * disconnected, and at the end of the account all that are left. None that moved, since the consent moved with it, and
 * none whose provider took it back itself.
 */
export function grantsDueAfter(
  account: LivingAccount | DeletedAccount,
  event: AccountEvent,
): readonly IdentityRef[] {
  const { grantsDue } = account;
  if (account.status === 'deleted') {
    return event.type === 'GrantRevoked' ? without(grantsDue, event) : grantsDue;
  }
  switch (event.type) {
    case 'ProviderUnlinked':
      return event.reason === 'asked' ? withRef(grantsDue, event) : without(grantsDue, event);
    case 'ProviderLinked':
    case 'GrantRevoked':
      return without(grantsDue, event);
    case 'AccountDeleted':
      return leftBy(account);
    default:
      return grantsDue;
  }
}

const leftBy = ({ methods, grantsDue }: LivingAccount): readonly IdentityRef[] =>
  methods
    .filter((method) => method.kind === 'identity')
    .filter(({ suspended }) => suspended !== 'provider')
    .reduce(withRef, grantsDue);

const withRef = (
  due: readonly IdentityRef[],
  { provider, identityId }: IdentityRef,
): readonly IdentityRef[] => [...without(due, { identityId }), { provider, identityId }];

const without = (due: readonly IdentityRef[], gone: Pick<IdentityRef, 'identityId'>) =>
  due.some(({ identityId }) => identityId === gone.identityId)
    ? due.filter(({ identityId }) => identityId !== gone.identityId)
    : due;
