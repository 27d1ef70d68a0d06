import type { RecordedEvent } from './event-store.ts';

/** Where one stream ended when somebody noted it. */
export interface NotedHead {
  readonly stream: string;
  readonly revision: number;
  readonly chain: string;
}

/** 'cut-off': the noted event is not there any more · 'differs': another one stands in its place. */
export type HeadDifference = Pick<NotedHead, 'stream' | 'revision'> & {
  readonly difference: 'cut-off' | 'differs';
  /** Of the stream's last event now; -1 where nothing of it is left. */
  readonly endsAt: number;
};

interface Watched {
  readonly noted: NotedHead;
  endsAt: number;
  difference: HeadDifference['difference'] | undefined;
}

/**
 * Compares a log with the ends of its streams as they were noted before: the one way to see a tail that was cut off,
 * or a chain that was made anew. Given every event in order, by `verifyLog`.
 */
export class HeadComparison {
  readonly #watched: ReadonlyMap<string, Watched>;
  /** Events beyond what was noted, of streams that were, and of streams that were not. */
  later = 0;

  constructor(noted: Iterable<NotedHead>) {
    this.#watched = new Map(
      [...noted].map((head) => [
        head.stream,
        { noted: head, endsAt: -1, difference: 'cut-off' as const },
      ]),
    );
  }

  readonly add = ({ stream, revision, metadata }: RecordedEvent): void => {
    const watched = this.#watched.get(stream);
    if (!watched || revision > watched.noted.revision) this.later += 1;
    if (!watched) return;
    watched.endsAt = revision;
    if (revision !== watched.noted.revision) return;
    watched.difference = metadata.chain === watched.noted.chain ? undefined : 'differs';
  };

  /** After the last event. Empty: all that was noted is still there, and the same. */
  differences(): readonly HeadDifference[] {
    return [...this.#watched.values()].flatMap(({ noted, endsAt, difference }) =>
      difference ? [{ stream: noted.stream, revision: noted.revision, endsAt, difference }] : [],
    );
  }
}
