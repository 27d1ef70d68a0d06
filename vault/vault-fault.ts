/** A fault of the vault. Told apart by `code`. */
export class VaultFault extends Error {
  readonly code:
    | 'key-missing'
    | 'key-erased'
    | 'key-taken'
    | 'seal-broken'
    | 'unavailable'
    | 'overloaded'
    | 'vault-mismatch'
    | 'vault-damaged'
    | 'secrets-missing'
    | 'secrets-invalid';

  constructor(code: VaultFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultFault';
    this.code = code;
  }
}
