import { compareSync, hashSync } from 'bcryptjs';

/** One bcrypt. The password is pre-hashed already: 64 ASCII characters, inside bcrypt's 72 bytes. */
export type BcryptTask =
  | { readonly kind: 'hash'; readonly prehashed: string; readonly cost: number }
  | { readonly kind: 'compare'; readonly prehashed: string; readonly hash: string };

/** Runs in a worker thread of its own, so that it may block. */
export function runBcrypt(task: BcryptTask): string | boolean {
  if (task.kind === 'hash') return hashSync(task.prehashed, task.cost);
  return compareSync(task.prehashed, task.hash);
}
