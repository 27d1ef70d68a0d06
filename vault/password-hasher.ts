import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getRounds } from 'bcryptjs';
import { Piscina } from 'piscina';
import type { BcryptTask } from './bcrypt-worker.ts';
import { FairSlots, type Lane } from './fair-slots.ts';
import { isPossiblePassword, passwordText } from './password-text.ts';
import { VaultFault } from './vault-fault.ts';
import type { Credential, InstallationKeys } from './vault.ts';

export type PasswordHash = Pick<Credential, 'hash' | 'prehashKeyId'>;

export interface PasswordHasherOptions {
  /** bcrypt's cost: each step doubles the work. 12 takes about 0.2 s. */
  readonly cost: number;
  readonly prehashKeys: Pick<InstallationKeys, 'currentPrehash' | 'prehash'>;
  /** Hashes of strangers at once; known browsers have one slot more. Default: one a core, at most 8. */
  readonly threads?: number;
  /** How many may wait, of strangers and of known browsers each. Default 100. */
  readonly maxQueue?: number;
  /** Who would wait longer than about this is refused at once, in milliseconds. Default 3,000. */
  readonly longestWaitMs?: number;
  /** Told of every single bcrypt as it is asked for. */
  readonly onHash?: (kind: BcryptTask['kind']) => void;
}

export interface PasswordHasher {
  /** Throws RangeError for what `weakness` would have refused as too long; `overloaded`. */
  hash(password: string, lane: Lane): Promise<PasswordHash>;
  /**
   * Exactly one bcrypt, whatever is wrong: no such account, no password, one too long. `outdated`: it matched
   * and should be hashed anew, under the present cost and pre-hash key. Throws `overloaded`.
   */
  verify(
    stored: PasswordHash | null,
    password: string,
    lane: Lane,
  ): Promise<{ readonly matched: boolean; readonly outdated: boolean }>;
  /** Refuses new work, finishes what was taken, ends the threads. */
  close(): Promise<void>;
}

const BCRYPT_FORM = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** bcrypt(base64(HMAC-SHA-384(pre-hash key, NFKC(password)))): every character of any length counts. */
export function createPasswordHasher(options: PasswordHasherOptions): PasswordHasher {
  const { cost, prehashKeys } = options;
  const threads = startThreads(options);
  // Takes as long as a real one and matches nothing.
  const dummy = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;

  return {
    async hash(password, lane) {
      if (!isPossiblePassword(password)) throw new RangeError('not a possible password');
      const { keyId, key } = await prehashKeys.currentPrehash();
      const hash = await threads.ask(lane, {
        kind: 'hash',
        prehashed: prehash(key, password),
        cost,
      });
      if (typeof hash !== 'string') throw new TypeError('bcrypt answered no hash');
      return { hash, prehashKeyId: keyId };
    },
    async verify(stored, password, lane) {
      const current = await prehashKeys.currentPrehash();
      const sound = stored !== null && BCRYPT_FORM.test(stored.hash) ? stored : null;
      const key = sound ? await prehashKeys.prehash(sound.prehashKeyId) : current.key;
      const possible = isPossiblePassword(password);
      // An impossible password costs the same as a wrong one (CVE-2025-22228, CVE-2025-22234).
      const prehashed = prehash(key, possible ? password : '');
      const same = await threads.ask(lane, {
        kind: 'compare',
        prehashed,
        hash: sound?.hash ?? dummy,
      });
      if (same !== true || !possible || !sound) return { matched: false, outdated: false };
      const isOld = getRounds(sound.hash) < cost || sound.prehashKeyId !== current.keyId;
      return { matched: true, outdated: isOld };
    },
    close: () => threads.close(),
  };
}

/** base64 of 48 bytes: 64 characters, no NUL, within bcrypt's 72 bytes. */
const prehash = (key: Buffer, password: string) =>
  createHmac('sha384', key).update(passwordText(password), 'utf8').digest('base64');

type Pool = Piscina<BcryptTask, string | boolean>;

/** The first thread is started so long after the start, or for the first hash: the first page does not wait for it. */
const WARM_MS = 1_000;

function startThreads({
  threads,
  maxQueue = 100,
  longestWaitMs = 3_000,
  onHash,
}: PasswordHasherOptions) {
  const strangerSlots = threads ?? Math.min(availableParallelism(), 8);
  let started: Pool | undefined;
  const pool = () => {
    started ??= makePool(strangerSlots + 1);
    return started;
  };
  const warm = setTimeout(pool, WARM_MS).unref();
  const slots = new FairSlots<BcryptTask, string | boolean>({
    run: (task) => pool().run(task),
    strangerSlots,
    maxWaiting: maxQueue,
    longestWaitMs,
  });
  let closing: Promise<void> | undefined;
  return {
    ask(lane: Lane, task: BcryptTask): Promise<string | boolean> {
      if (closing) return Promise.reject(new VaultFault('overloaded', 'the hasher is closing'));
      onHash?.(task.kind);
      return slots.take(lane, task);
    },
    close(): Promise<void> {
      clearTimeout(warm);
      closing ??= slots.idle().then(() => started?.destroy());
      return closing;
    },
  };
}

const makePool = (maxThreads: number): Pool =>
  new Piscina<BcryptTask, string | boolean>({
    filename: fileURLToPath(new URL('./bcrypt-worker.ts', import.meta.url)),
    name: 'runBcrypt',
    minThreads: 1,
    maxThreads,
    idleTimeout: 30_000,
    // The threads need nothing of the process's environment, secrets least of all.
    env: {},
    execArgv: [],
  });
