import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty directory under the system's temporary one; the caller removes it. */
export const makeTemporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'latchkey-'));

/** A new empty directory that goes when the test at hand is over. */
export function temporaryDirectory(): string {
  const path = makeTemporaryDirectory();
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
