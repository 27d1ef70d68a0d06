import { startLocalProvider } from '../dev/local-provider/start-local-provider.ts';

// The local provider in a process of its own, for both sides of a comparison.
await startLocalProvider({ port: Number(process.env['PORT']) });
