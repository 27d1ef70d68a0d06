import type { Asking } from '../commands/asking.ts';

/** Who does things in a bench. */
export const asking: Asking = {
  requestId: 'bench',
  from: { ip: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) bench' },
  knows: () => false,
};
