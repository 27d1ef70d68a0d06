import { unreachable } from '../result.ts';
import type { IdentityMethod, Method, PasswordMethod } from './account.ts';
import type { EventOf, IdentityProfile, Unopened } from './events.ts';

type MethodEvent = EventOf<
  | 'UserRegistered'
  | 'ProviderLinked'
  | 'ProviderUnlinked'
  | 'MethodSuspended'
  | 'MethodRestored'
  | 'IdentityRefreshed'
  | 'PasswordSet'
  | 'PasswordRemoved'
>;

/** The ways in after an event that speaks of one; their order is that in which they were added. */
export function evolveMethods(
  methods: readonly Method[],
  event: MethodEvent,
  at: string,
): readonly Method[] {
  switch (event.type) {
    case 'UserRegistered':
      return [firstMethod(event, at)];
    case 'ProviderLinked':
      return put(methods, identityMethod(event, { at, profile: profileOf(event.personal) }));
    case 'ProviderUnlinked':
      return methods.filter((method) => !isIdentity(method, event.identityId));
    case 'MethodSuspended':
      return change(methods, event.identityId, ({ suspended }) => ({
        // What a provider took back only a new round trip there restores, whoever suspends it again.
        suspended: suspended === 'provider' ? suspended : event.reason,
      }));
    case 'MethodRestored':
      return change(methods, event.identityId, () => ({ suspended: null }));
    case 'IdentityRefreshed':
      return change(methods, event.identityId, () => ({ profile: profileOf(event.personal) }));
    case 'PasswordSet':
      return put(methods, passwordMethod(event.credentialId, at));
    case 'PasswordRemoved':
      return methods.filter(({ kind }) => kind !== 'password');
    default:
      return unreachable(event);
  }
}

function firstMethod(
  { attemptId, method, personal }: EventOf<'UserRegistered'>,
  at: string,
): Method {
  if (method.kind === 'password') return passwordMethod(method.credentialId, at);
  return identityMethod({ ...method, attemptId }, { at, profile: profileOf(personal) });
}

const passwordMethod = (credentialId: string, at: string): PasswordMethod => ({
  kind: 'password',
  credentialId,
  addedAt: at,
});

const identityMethod = (
  {
    provider,
    identityId,
    attemptId,
    moved,
  }: Pick<IdentityMethod, 'provider' | 'identityId' | 'attemptId'> & {
    readonly moved?: true | undefined;
  },
  { at, profile }: { readonly at: string; readonly profile: IdentityProfile | Unopened },
): IdentityMethod => ({
  kind: 'identity',
  provider,
  identityId,
  attemptId,
  addedAt: at,
  movedAt: moved ? at : null,
  suspended: null,
  profile,
});

/** A personal part without the identity it should hold is read like one that is not open. */
export const profileOf = (
  personal: { readonly identity?: IdentityProfile | undefined } | Unopened,
): IdentityProfile | Unopened =>
  typeof personal === 'string' ? personal : (personal.identity ?? 'closed');

const isIdentity = (method: Method, identityId: string): method is IdentityMethod =>
  method.kind === 'identity' && method.identityId === identityId;

const sameWay = (one: Method, other: Method): boolean =>
  one.kind === 'identity' ? isIdentity(other, one.identityId) : other.kind === 'password';

const put = (methods: readonly Method[], added: Method): readonly Method[] =>
  methods.some((method) => sameWay(added, method))
    ? methods.map((method) => (sameWay(added, method) ? added : method))
    : [...methods, added];

const change = (
  methods: readonly Method[],
  identityId: string,
  changed: (method: IdentityMethod) => Partial<IdentityMethod>,
): readonly Method[] =>
  methods.map((method) =>
    isIdentity(method, identityId) ? { ...method, ...changed(method) } : method,
  );
