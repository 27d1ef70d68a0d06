import { SingleBar } from 'cli-progress';

export interface Progress {
  /** Where the work stands, and where it ends. */
  to(done: number, total: number, events: number): void;
  end(): void;
}

const quiet: Progress = { to: () => undefined, end: () => undefined };

/** A bar with rate and time left on standard error, where somebody is watching. */
export function progress(what: string, interactive: boolean): Progress {
  if (!interactive) return quiet;
  const started = performance.now();
  const bar = new SingleBar({
    format: `${what} [{bar}] {percentage}% | {events} events | {rate}/s | {eta_formatted} left`,
    hideCursor: true,
    etaBuffer: 50,
  });
  bar.start(1, 0, { events: 0, rate: 0 });
  return {
    to: (done, total, events) => {
      const seconds = Math.max(0.001, (performance.now() - started) / 1000);
      bar.setTotal(Math.max(1, total));
      bar.update(done, { events, rate: Math.round(events / seconds) });
    },
    end: () => bar.stop(),
  };
}
