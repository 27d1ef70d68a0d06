const HOUR = 60 * 60 * 1000;

/** A session unused for this long is over, in milliseconds (ASVS 7.3.1). */
export const SESSION_IDLE_MS = 12 * HOUR;
/** No session lives longer than this, in milliseconds (ASVS 7.3.2). */
export const SESSION_ABSOLUTE_MS = 30 * 24 * HOUR;
/**
 * How far ahead of the clock a session's own times may be: two processes' clocks differ a little, but a session
 * out of the future means that the clock went back, and would outlive its bounds (F22).
 */
export const CLOCK_LEEWAY_MS = 60_000;

/** Times in milliseconds since 1970. */
export interface SessionTimes {
  readonly started_at: number;
  readonly last_seen_at: number;
}

/** Whether a session is within both bounds at a time. */
export function isWithinBounds(times: SessionTimes, at: Date): boolean {
  const age = at.getTime() - times.started_at;
  const idle = at.getTime() - times.last_seen_at;
  if (age < -CLOCK_LEEWAY_MS || idle < -CLOCK_LEEWAY_MS) return false;
  return age < SESSION_ABSOLUTE_MS && idle < SESSION_IDLE_MS;
}
