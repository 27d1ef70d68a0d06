import { uuidNamespace, uuidV5 } from '../eventstore/event-id.ts';

const ACCOUNT_IDS = uuidNamespace('0d8a0a52-3f6b-5d9b-8f0a-4f5d2c1c9e27');

/** The account that a form's `once` names: the same form sent twice names the same account (F14). */
export const accountIdOfOnce = (seed: string): string => uuidV5(ACCOUNT_IDS, seed);
