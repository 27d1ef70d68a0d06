import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { figure, section, type Figure } from './figures.ts';

const finishedSection = z.object({ section, on: z.string() });

/** A section that is measured to its end, and the day of that. */
export type FinishedSection = Readonly<z.infer<typeof finishedSection>>;

const content = z.object({
  /** What was measured, and where: figures of anything else are not put beside these. */
  of: z.string(),
  rows: z.record(z.string(), z.array(figure)),
  sections: z.record(z.string(), finishedSection),
});
type Content = z.infer<typeof content>;

/**
 * What a run has measured so far, in a file that is whole whenever the run is stopped, so that the next one goes on
 * where it was.
 */
export class UnfinishedRun {
  readonly #path: string;
  readonly #content: Content;
  /** Why figures that were there are not used. */
  readonly dropped: string | undefined;

  /** Goes on with the figures in this file, if they are `of` the same. */
  constructor(path: string, of: string) {
    const found = read(path);
    const same = typeof found === 'object' && found.of === of;
    this.#path = path;
    this.#content = same ? found : { of, rows: {}, sections: {} };
    if (found === 'unreadable') this.dropped = 'an unfinished run could not be read';
    if (typeof found === 'object' && !same) {
      this.dropped = 'an unfinished run was of other code, or on another machine';
    }
  }

  /** How many measurements need not be made again. */
  get size(): number {
    return Object.keys(this.#content.rows).length;
  }

  section(name: string): FinishedSection | undefined {
    return this.#content.sections[name];
  }

  /** What one measurement gave as it stands in the file, or measured now and written there. */
  async rows(name: string, measure: () => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
    const known = this.#content.rows[name];
    if (known) return known;
    const measured = z.array(figure).parse(await measure());
    this.#content.rows[name] = measured;
    this.#write();
    return measured;
  }

  finished(measured: FinishedSection): void {
    this.#content.sections[measured.section.name] = finishedSection.parse(measured);
    this.#write();
  }

  /** Everything is measured: the next run begins anew. */
  end(): void {
    rmSync(this.#path, { force: true });
  }

  #write(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const beside = `${this.#path}.new`;
    writeFileSync(beside, JSON.stringify(this.#content, null, 1));
    renameSync(beside, this.#path);
  }
}

function read(path: string): Content | 'none' | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
  try {
    return content.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}
