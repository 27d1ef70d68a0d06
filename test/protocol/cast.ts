import type { Actor, AccountStream, ClaimStream, Task } from './world.ts';

export const link = (account: number, ...gains: number[]): Task => ({
  kind: 'change',
  account,
  gains,
  drops: [],
});
export const unlink = (account: number, key: number): Task => ({
  kind: 'change',
  account,
  gains: [],
  drops: [key],
});
export const change = (account: number, from: number, to: number): Task => ({
  kind: 'change',
  account,
  gains: [to],
  drops: [from],
});
export const remove = (account: number): Task => ({ kind: 'delete', account });
export const rename = (account: number): Task => ({
  kind: 'change',
  account,
  gains: [],
  drops: [],
});

export const actor = (name: string, retries: number, ...tasks: Task[]): Actor => ({
  name,
  retries,
  tasks,
});

export const ownedBy = (account: number, by: string): ClaimStream => [
  { type: 'Claimed', by, account },
];
export const owning = (by: string, ...gains: number[]): AccountStream => [
  { type: 'Changed', by, gains, drops: [] },
];
