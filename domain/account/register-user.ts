import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';
import type { RegisterUser } from './commands.ts';
import type { AccountEvent, EventOf } from './events.ts';
import type { AccountRefusal } from './refusals.ts';

/** Opens an account. An account id is never used again, not even after deletion. */
export function registerUser(
  command: RegisterUser,
  account: Account,
): Result<readonly AccountEvent[], AccountRefusal> {
  if (account.status !== 'absent') return refuse({ code: 'already-registered' });

  const { attemptId, keyId, email, username, name, method, from } = command;
  return ok([
    {
      type: 'UserRegistered',
      attemptId,
      keyId,
      emailKey: email?.key ?? null,
      usernameKey: username.key,
      method: firstWay(method),
      personal: {
        email: email?.value ?? null,
        username: username.value,
        name,
        identity: method.kind === 'identity' ? method.profile : undefined,
        from,
      },
    },
  ]);
}

function firstWay(method: RegisterUser['method']): EventOf<'UserRegistered'>['method'] {
  if (method.kind === 'identity') {
    const { kind, provider, identityId } = method;
    return { kind, provider, identityId };
  }
  return { kind: 'password', credentialId: method.credentialId, scheme: 'bcrypt-hmac-sha384' };
}
