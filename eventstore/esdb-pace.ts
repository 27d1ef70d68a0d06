/** How long a subscription waits for what, in milliseconds. */
export interface SubscriptionPace {
  /** After an event, before it asks whether that was the newest. */
  readonly settleMs: number;
  /** Between two looks at a quiet log. */
  readonly watchMs: number;
  /** For an event that the log was seen to hold; then the subscription is given up. */
  readonly silenceMs: number;
  /** For the server's word that the subscription stands. */
  readonly confirmMs: number;
  /** Before the first new try after a drop; twice as long each time, up to `longestRetryMs`. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

export const usualPace: SubscriptionPace = {
  settleMs: 50,
  watchMs: 5_000,
  silenceMs: 4_000,
  confirmMs: 15_000,
  retryMs: 100,
  longestRetryMs: 5_000,
};
