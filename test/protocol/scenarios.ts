import { actor, change, link, ownedBy, owning, remove, rename, unlink } from './cast.ts';
import type { Scenario } from './world.ts';

const [A, B, C] = [0, 1, 2];
const [k0, k1, k2] = [0, 1, 2];

/** Small worlds that together hold every way in which the protocol's steps can meet. */
export const scenarios = {
  race: {
    name: 'two accounts race for a key, each may crash and ask again',
    actors: [actor('p', 1, link(A, k0)), actor('q', 1, link(B, k0))],
    claims: [[]],
    accounts: [[], []],
    outages: true,
  },
  crowd: {
    name: 'three accounts race for a key',
    actors: [actor('p', 0, link(A, k0)), actor('q', 0, link(B, k0)), actor('r', 0, link(C, k0))],
    claims: [[]],
    accounts: [[], [], []],
  },
  twice: {
    name: 'one account asks twice at once, another contends',
    actors: [actor('p', 0, link(A, k0)), actor('q', 0, link(A, k0)), actor('r', 0, link(B, k0))],
    claims: [[]],
    accounts: [[], []],
  },
  relink: {
    name: 'an owner unlinks while it links again and another contends',
    actors: [actor('p', 0, unlink(A, k0)), actor('q', 1, link(A, k0)), actor('r', 0, link(B, k0))],
    claims: [ownedBy(A, 'o')],
    accounts: [owning('o', k0), []],
  },
  move: {
    name: 'a key moves from B to A while B unlinks and links it and another contends',
    actors: [
      actor('p', 0, unlink(B, k0), link(A, k0)),
      actor('q', 0, link(B, k0)),
      actor('r', 0, link(C, k0)),
    ],
    claims: [ownedBy(B, 'o')],
    accounts: [[], owning('o', k0), []],
  },
  deletion: {
    name: 'an account is deleted while it links a second key and another contends',
    actors: [actor('p', 0, remove(A)), actor('q', 1, link(A, k1)), actor('r', 0, link(B, k0, k1))],
    claims: [ownedBy(A, 'o'), []],
    accounts: [owning('o', k0), []],
  },
  twoKeys: {
    name: 'two registrations want the same two keys',
    actors: [actor('p', 1, link(A, k0, k1)), actor('q', 0, link(B, k0, k1))],
    claims: [[], []],
    accounts: [[], []],
    outages: true,
  },
  settings: {
    name: 'an e-mail is changed while a form keeps it and changes the username, and another wants it',
    actors: [
      actor('p', 0, change(A, k0, k1)),
      actor('q', 1, { kind: 'change', account: A, gains: [k0, k2], drops: [k1] }),
      actor('r', 0, link(B, k0)),
    ],
    claims: [ownedBy(A, 'o'), [], []],
    accounts: [owning('o', k0), []],
  },
  sessions: {
    name: 'one account links and unlinks while it links in another window and another contends',
    actors: [
      actor('p', 0, link(A, k0), unlink(A, k0)),
      actor('q', 0, link(A, k0)),
      actor('r', 0, link(B, k0)),
    ],
    claims: [[]],
    accounts: [[], []],
  },
  executors: {
    name: 'a command is run again while a first run of it goes on, near a dead claim',
    actors: [
      actor('p', 0, link(A, k0, k1)),
      { ...actor('q', 0, link(A, k0, k1)), attemptsOf: 'p' },
      actor('r', 0, link(B, k0)),
    ],
    claims: [[], ownedBy(C, 'z1')],
    accounts: [[], [], []],
  },
  sweeper: {
    name: 'the sweeper comes while an attempt is slow and the account changes',
    actors: [
      actor('p', 1, link(A, k0)),
      actor('s', 0, { kind: 'sweep', account: A, attempt: 'p1' }),
      actor('r', 0, rename(A)),
    ],
    claims: [[]],
    accounts: [[]],
    outages: true,
  },
  lagging: {
    name: 'reads lag while one account asks twice at once and another contends',
    actors: [actor('p', 0, link(A, k0)), actor('q', 0, link(A, k0)), actor('r', 0, link(B, k0))],
    claims: [[]],
    accounts: [[], []],
    lagging: true,
  },
  laggingRelink: {
    name: 'reads lag while an owner unlinks and links again and another contends',
    actors: [actor('p', 0, unlink(A, k0), link(A, k0)), actor('r', 1, link(B, k0))],
    claims: [ownedBy(A, 'o')],
    accounts: [owning('o', k0), []],
    lagging: true,
  },
  janitor: {
    name: 'the janitor tidies while an owner unlinks and another account contends',
    actors: [
      actor('p', 1, link(A, k0), unlink(A, k0)),
      actor('j', 0, { kind: 'tidy', key: k0 }),
      actor('r', 0, link(B, k0)),
    ],
    claims: [[]],
    accounts: [[], []],
  },
} satisfies Record<string, Scenario>;
