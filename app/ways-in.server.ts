import type { Method } from '../domain/account/account.ts';
import type { IdentityProfile, MethodRef, Unopened } from '../domain/account/events.ts';
import type { Viewer } from '../commands/guard.ts';
import { providerKind } from './components/provider-choice.ts';
import type { AppContext } from './context.ts';
import type { Way } from './pages/device-text.ts';
import type { WayIn } from './pages/home-page.tsx';
import { isLiving } from '../domain/account/is-living.ts';

const MOST_ACTIVITY = 200;

/** What a provider is called to people; a name that is no longer configured stands for itself. */
export const providerLabel = (
  context: { readonly settings: Pick<AppContext['settings'], 'providers'> },
  name: string,
): string => {
  const labels: Readonly<Record<string, string>> = {
    github: 'GitHub',
    google: 'Google',
    facebook: 'Facebook',
  };
  const configured = context.settings.providers.find((provider) => provider.name === name);
  if (configured?.kind === 'oidc') return configured.label;
  return labels[name] ?? name;
};

/** What tells two identities of one provider apart: the handle, else what the provider told instead. */
export const knownAs = (profile: IdentityProfile | Unopened): string | undefined =>
  typeof profile === 'string' ? undefined : (profile.handle ?? profile.email ?? profile.name);

/** A way in as pages name it. */
export function wayOf(context: AppContext, method: Method): Way {
  if (method.kind === 'password') return { kind: 'password' };
  const name = providerLabel(context, method.provider);
  return { kind: 'provider', name, handle: knownAs(method.profile) };
}

const sameWay = (method: Method, used: MethodRef): boolean =>
  method.kind === 'password'
    ? used.kind === 'password'
    : used.kind === 'identity' && used.identityId === method.identityId;

/** Every way in of the account, with when it was last used where the activity list still tells. */
export async function waysInOf(context: AppContext, viewer: Viewer): Promise<readonly WayIn[]> {
  const { accountId } = viewer.session;
  const [{ account }, activity] = await Promise.all([
    context.opened(accountId),
    context.services.deps.vault.activity.list(accountId, MOST_ACTIVITY),
  ]);
  if (!isLiving(account)) return [];
  return account.methods.map((method) => {
    const use = activity.find(
      ({ kind, method: used }) => kind === 'signed-in' && used && sameWay(method, used),
    );
    return {
      id: method.kind === 'password' ? 'password' : method.identityId,
      way: wayOf(context, method),
      mark: method.kind === 'password' ? undefined : providerKind(method.provider),
      addedAt: method.addedAt,
      lastUsedAt: use?.at.toISOString(),
    };
  });
}
