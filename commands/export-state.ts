import type { IdentityMethod, LivingAccount, Method, Profile } from '../domain/account/account.ts';
import type { ExportedAccount, ExportedWayIn } from './export-document.ts';

/** What is true of an account, as an export says it: nothing in it but what its history makes. */
export function exportedState(accountId: string, account: LivingAccount): ExportedAccount {
  const { status, registeredAt, roles, methods } = account;
  return {
    accountId,
    status,
    registeredAt,
    eraseAt: account.status === 'closing' ? account.eraseAt : null,
    roles: [...roles],
    profile: profileOf(account),
    waysIn: methods.map(wayInOf),
  };
}

const blank: Profile = { email: null, username: '', name: '' };

const profileOf = ({ profile }: LivingAccount): Profile =>
  typeof profile === 'string' ? blank : { ...profile };

const wayInOf = (method: Method): ExportedWayIn =>
  method.kind === 'password'
    ? { kind: 'password', addedAt: method.addedAt }
    : { ...identityOf(method), ...saidOf(method) };

const identityOf = ({ provider, identityId, addedAt, movedAt, suspended }: IdentityMethod) =>
  ({ kind: 'identity', provider, identityId, addedAt, movedAt, suspended }) as const;

const saidOf = ({ profile }: IdentityMethod) => {
  const said = typeof profile === 'string' ? undefined : profile;
  return {
    issuer: said?.issuer ?? null,
    subject: said?.subject ?? null,
    handle: said?.handle ?? null,
    email: said?.email ?? null,
    name: said?.name ?? null,
  };
};
