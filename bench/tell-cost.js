import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded ahead into a server that a bench started: tells it what the process has cost so far, and how late its event
// loop is, and ends with it.
const RESOLUTION_MS = 1;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

process.on('message', (asked) => {
  if (asked === 'lateness') return tellLateness();
  process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());

/** Measured from the first time it is asked: what nobody asks costs nothing. */
function tellLateness() {
  // What is counted is the time between two timers, the interval that was asked for included.
  const p99 = delays.percentile(99) / 1e6 - RESOLUTION_MS;
  delays.reset();
  delays.enable();
  process.send?.({ lateness: Math.max(0, p99) });
}
