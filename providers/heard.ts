/** One answer as it came: it may hold tokens and persons. */
export interface Heard {
  readonly method: string;
  /** Without the query. */
  readonly from: string;
  readonly status: number;
  readonly body: string;
}

/** Told of every answer of a round trip: for a test sign-in, and for nothing else. */
export type Hear = (heard: Heard) => void;
