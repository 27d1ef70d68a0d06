import { openBytes, sealBytes } from './aes-gcm.ts';
import { VaultFault } from './vault-fault.ts';

/** A key that wraps other keys and never leaves the secrets. */
export interface MasterKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

export interface Wrapped {
  readonly masterKeyId: string;
  readonly bytes: Buffer;
}

/** Wraps with the newest master key, unwraps with any that is there. */
export class MasterKeyRing {
  readonly newest: MasterKey;
  readonly ids: readonly string[];
  readonly #keys: ReadonlyMap<string, MasterKey>;

  /** `keys`: newest first, at least one. */
  constructor(keys: readonly MasterKey[]) {
    const [newest] = keys;
    if (!newest) throw new VaultFault('vault-mismatch', 'the vault needs a master key');
    const short = keys.find(({ key }) => key.length !== 32);
    if (short) throw new VaultFault('vault-mismatch', `master key "${short.id}" has not 32 bytes`);
    this.newest = newest;
    this.ids = keys.map(({ id }) => id);
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    if (this.#keys.size !== keys.length) {
      throw new VaultFault('vault-mismatch', 'two master keys have the same id');
    }
  }

  wrap(context: string, key: Uint8Array): Wrapped {
    return { masterKeyId: this.newest.id, bytes: sealBytes(this.newest.key, context, key) };
  }

  /** Throws `vault-mismatch` if that master key is not at hand, `seal-broken` if the bytes do not open. */
  unwrap(context: string, masterKeyId: string, bytes: Uint8Array): Buffer {
    return openBytes(this.#named(masterKeyId).key, context, bytes);
  }

  /** A value to store, by which a later start tells whether it has the same key under this id. */
  checkOf(masterKeyId: string): Buffer {
    return sealBytes(this.#named(masterKeyId).key, checkContext(masterKeyId), Buffer.alloc(0));
  }

  matches(masterKeyId: string, check: Uint8Array): boolean {
    try {
      openBytes(this.#named(masterKeyId).key, checkContext(masterKeyId), check);
      return true;
    } catch (error) {
      if (error instanceof VaultFault && error.code === 'seal-broken') return false;
      throw error;
    }
  }

  #named(id: string): MasterKey {
    const key = this.#keys.get(id);
    if (key) return key;
    throw new VaultFault(
      'vault-mismatch',
      `the vault needs master key "${id}", which is not given`,
    );
  }
}

const checkContext = (masterKeyId: string) => `master-key-check\u0000${masterKeyId}`;
