/** One thing that `doctor` looked at. */
export interface Finding {
  readonly about: string;
  readonly good: boolean;
  readonly told: string;
  /** Puts it right, where anything can be; answers what it did. Only done where it is asked for. */
  readonly mend?: () => Promise<string>;
}

export type Examination = () => Promise<Finding>;

export const good = (about: string, told: string): Finding => ({ about, good: true, told });
export const bad = (about: string, told: string, mend?: Finding['mend']): Finding => ({
  about,
  good: false,
  told,
  ...(mend && { mend }),
});

/** The first few of many, and how many more. */
export function some(all: readonly string[]): string {
  const shown = all.slice(0, 3).join('; ');
  return all.length > 3 ? `${shown}; and ${all.length - 3} more` : shown;
}
