import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { EventStore } from '../../eventstore/event-store.ts';
import { appendContract } from './contract-append.ts';
import { atomicContract } from './contract-atomic.ts';
import { faultContract } from './contract-faults.ts';
import { raceContract } from './contract-races.ts';
import { readContract } from './contract-read.ts';
import { subscribeContract } from './contract-subscribe.ts';

/** A log that fails on demand. Each lasts until `heal`, or for one append where it says "next". */
export interface FaultsOnDemand {
  /** The next append is written, but its sender learns only that something broke. */
  loseNextAnswer(): Promise<void> | void;
  /** The next append is lost on its way, and its sender cannot know that. */
  loseNextAppend(): Promise<void> | void;
  /** No append can even be begun. */
  refuse(): Promise<void> | void;
  /** Appends meet silence. */
  hang(): Promise<void> | void;
  heal(): Promise<void> | void;
}

/** One log under test. It may be shared with others: the suite uses only stream names it made up. */
export interface ContractLog {
  readonly store: EventStore;
  /** The same log as another process has it; closed by `close` too. */
  readonly another: () => Promise<EventStore>;
  /** Absent where faults cannot be had (a real server): the cases that need them are then not part of the run. */
  readonly faults?: FaultsOnDemand;
  close(): Promise<void>;
}

export interface ContractSuite {
  readonly atomic: boolean;
  /** Does `makeLog` give faults on demand? */
  readonly failsOnDemand: boolean;
  readonly makeLog: () => Promise<ContractLog>;
}

/** What a case uses; filled before the first one runs. */
export interface ContractCase {
  /** Throws before the suite has begun. */
  readonly log: ContractLog;
  /** A name no other test uses; streams that begin with it belong to the caller. */
  fresh(): string;
}

/** The promises of the port, the same cases for every adapter. */
export function describeEventStoreContract(name: string, suite: ContractSuite): void {
  describe(`event store contract: ${name}`, () => {
    let log: ContractLog | undefined;
    const subject: ContractCase = {
      get log() {
        if (!log) throw new Error('the suite has not begun');
        return log;
      },
      fresh: () => `contract-${randomUUID()}`,
    };
    beforeAll(async () => {
      log = await suite.makeLog();
    });
    afterEach(() => log?.faults?.heal());
    afterAll(() => log?.close());

    appendContract(subject);
    atomicContract(subject, suite.atomic);
    raceContract(subject);
    readContract(subject);
    subscribeContract(subject);
    if (suite.failsOnDemand) faultContract(subject);
  });
}
