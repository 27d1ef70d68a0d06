import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { VaultFault } from './vault-fault.ts';

const line = z.union([
  z.object({ accountId: z.string(), deletedAt: z.iso.datetime() }),
  z.object({ accountId: z.string(), erasedAt: z.iso.datetime() }),
]);
type Line = z.infer<typeof line>;

/** What the list says of an account. */
export interface ErasedEntry {
  readonly accountId: string;
  readonly deletedAt: string | undefined;
  /** When the last step of the erasure was done; undefined while it is under way. */
  readonly erasedAt: string | undefined;
}

/**
 * The accounts that were erased, in a file beside the databases that no restore puts back: it only grows, each line is
 * flushed, and it holds ids and times, so that a backup from before an erasure cannot undo it.
 * Several processes may write it.
 */
export class ErasedList {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Durable when this resolves. Does nothing where the account is listed. Throws `unavailable`. */
  async add(accountId: string, deletedAt: Date): Promise<void> {
    const known = await this.find(accountId);
    if (known) return;
    await this.#append({ accountId, deletedAt: deletedAt.toISOString() });
  }

  /** Notes that nothing is left to be done. Durable when this resolves. Throws `unavailable`. */
  async finish(accountId: string, erasedAt: Date): Promise<void> {
    const known = await this.find(accountId);
    if (known?.erasedAt) return;
    await this.#append({ accountId, erasedAt: erasedAt.toISOString() });
  }

  async find(accountId: string): Promise<ErasedEntry | undefined> {
    return (await this.all()).get(accountId);
  }

  /** Every account of the list, by id. Throws `unavailable`. */
  async all(): Promise<ReadonlyMap<string, ErasedEntry>> {
    const entries = new Map<string, ErasedEntry>();
    for (const read of (await this.#text()).split('\n').map(parsed)) {
      if (!read) continue;
      const { accountId, ...times } = read;
      const known = entries.get(accountId) ?? { deletedAt: undefined, erasedAt: undefined };
      entries.set(accountId, { ...known, ...times, accountId });
    }
    return entries;
  }

  async #text(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return '';
      throw unavailable(this.#path, error);
    }
  }

  /** Begins a line of its own even after one that a crash cut off. */
  async #append(entry: Line): Promise<void> {
    try {
      const file = await open(this.#path, 'a', 0o600);
      try {
        await file.appendFile(`\n${JSON.stringify(entry)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await flushDirectory(dirname(this.#path));
    } catch (error) {
      throw unavailable(this.#path, error);
    }
  }
}

/** Undefined for an empty line, and for one that was cut off: whoever wrote it never heard that it stands. */
function parsed(text: string): Line | undefined {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const unavailable = (path: string, cause: unknown) =>
  new VaultFault('unavailable', `the erased list ${path} cannot be read or written`, { cause });
