import type { LivingAccount, Profile } from '../domain/account/account.ts';
import { broughtIdentity } from '../domain/account/brought-identity.ts';
import type { AccountEvent, AccountEventType, Unopened } from '../domain/account/events.ts';
import { evolveProfile } from '../domain/account/evolve-profile.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';

const profileTypes = ['UserRegistered', 'ProfileChanged', 'EmailChanged', 'UsernameChanged'];
const blank: Profile = { email: null, username: '', name: '' };

/**
 * Which events tell the personal parts of an account as it is now, seals closed: opening these few gives what opening
 * the whole stream would, so what an account costs to show does not grow with its history.
 */
export class AccountTellers {
  /** By type: the registration, and the last change of each field. */
  readonly #profile = new Map<AccountEventType, RecordedEvent>();
  /** By identity id: the event that brought what the account has now. */
  readonly #identities = new Map<string, RecordedEvent>();
  /** By identity id: the revision that brought it last, also where it is gone again. */
  readonly #brought = new Map<string, number>();

  copy(): AccountTellers {
    const copy = new AccountTellers();
    for (const [type, recorded] of this.#profile) copy.#profile.set(type, recorded);
    for (const [id, recorded] of this.#identities) copy.#identities.set(id, recorded);
    for (const [id, revision] of this.#brought) copy.#brought.set(id, revision);
    return copy;
  }

  /** Takes one more event of the stream; `event` is the same, decoded. */
  note(event: AccountEvent, recorded: RecordedEvent): void {
    if (profileTypes.includes(event.type)) this.#profile.set(event.type, recorded);
    if (event.type === 'ProviderUnlinked') this.#identities.delete(event.identityId);
    const brought = broughtIdentity(event);
    if (!brought) return;
    this.#identities.set(brought.identityId, recorded);
    this.#brought.set(brought.identityId, recorded.revision);
  }

  /** The revision that brought an identity last; undefined for one that never was here. */
  broughtAt(identityId: string): number | undefined {
    return this.#brought.get(identityId);
  }

  /** The account with its personal parts as `decode` opens them. Throws what `decode` throws. */
  open(account: LivingAccount, decode: (recorded: RecordedEvent) => AccountEvent): LivingAccount {
    const methods = account.methods.map((method) => {
      const recorded = method.kind === 'identity' && this.#identities.get(method.identityId);
      const profile = recorded && broughtIdentity(decode(recorded))?.profile;
      return profile ? { ...method, profile } : method;
    });
    return { ...account, methods, profile: this.#openProfile(decode) };
  }

  #openProfile(decode: (recorded: RecordedEvent) => AccountEvent): Profile | Unopened {
    const inOrder = [...this.#profile.values()].sort((one, other) => one.revision - other.revision);
    return inOrder.map(decode).reduce<Profile | Unopened>((profile, event) => {
      switch (event.type) {
        case 'UserRegistered':
        case 'ProfileChanged':
        case 'EmailChanged':
        case 'UsernameChanged':
          return evolveProfile(profile, event);
        default:
          return profile;
      }
    }, blank);
  }
}
