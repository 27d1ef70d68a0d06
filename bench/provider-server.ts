import { startLocalProvider } from '../dev/local-provider/start-local-provider.ts';
import { tellPulse } from './pulse.ts';

// The local provider in a process of its own, for both sides of a comparison.
const { origin } = await startLocalProvider({ port: Number(process.env['PORT']) });
tellPulse(origin);
