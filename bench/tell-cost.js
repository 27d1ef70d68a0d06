// Loaded ahead into a server that a bench started: tells it what the process has cost so far, and ends with it.
process.on('message', () => {
  process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
