import { InstallationMismatch } from './installation.ts';

/** Which log belongs here: by the vault's note at first, then as the log itself says, and never another. */
export class BelongingLog {
  known: string | undefined;
  readonly #found = Promise.withResolvers<string>();
  #certain = false;

  constructor(noted: string | undefined) {
    this.known = noted;
  }

  get logId(): Promise<string> {
    return this.#found.promise;
  }

  found(logId: string): void {
    if (this.#certain && logId !== this.known) {
      throw new InstallationMismatch('another log stands where this process had its own.');
    }
    this.known = logId;
    this.#certain = true;
    this.#found.resolve(logId);
  }
}
