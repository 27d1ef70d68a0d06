import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const away = ['node_modules', 'build', 'data', 'docs', 'test', 'test-results', 'coverage'];

/**
 * A name for the code as it stands in these files, committed or not: what it runs and what measures it, without tests
 * and papers.
 */
export function codeVersion(root: string): string {
  const hash = createHash('sha256');
  const exclude = [...away, '**/node_modules'];
  for (const file of globSync('**/*.{ts,tsx,js,css,json}', { cwd: root, exclude }).toSorted()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
