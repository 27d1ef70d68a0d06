/** One thing that `doctor` looked at. */
export interface Finding {
  readonly about: string;
  readonly good: boolean;
  readonly told: string;
}

export type Examination = () => Promise<Finding>;

export const good = (about: string, told: string): Finding => ({ about, good: true, told });
export const bad = (about: string, told: string): Finding => ({ about, good: false, told });
