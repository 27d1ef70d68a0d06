import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage } from '../support/markdown-tables.ts';
import { explore } from './explore.ts';
import { needed } from './needed.ts';
import type { Need } from './needed.ts';
import { properties } from './properties.ts';
import type { Property } from './properties.ts';
import { rules } from './rules.ts';
import type { Rule } from './rules.ts';
import { scenarios } from './scenarios.ts';
import { told } from './told.ts';
import type { Scenario } from './world.ts';

const LONGEST_MS = 120_000;
const record = readPage(join(import.meta.dirname, '../../docs/decisions/0004-claims-protocol.md'));
/** The row of the decision record that begins with these words. */
const rowOf = (first: string) => record.rows.find(({ cells }) => cells[0] === first)?.cells;

const every = Object.keys(properties) as Property[];
/** A replica that lags may show a wish true that is true no longer: an old answer, never a second owner. */
const watchedIn = ({ lagging }: Scenario) => every.filter((one) => !lagging || one !== 'S2');

describe('the claims protocol, in every order of steps, with crashes, lost answers and late appends (F2, F13)', () => {
  test.each(
    Object.values<Scenario>(scenarios).map((scenario) => [scenario.name, scenario] as const),
  )(
    'has at most one owner, no false answer and no locked key (I4): %s',
    (_name, scenario) => {
      const { states, broken } = explore({ scenario, without: new Set() }, watchedIn(scenario));

      expect(broken, told(broken)).toBeNull();
      expect(rowOf(scenario.name)).toEqual([scenario.name, states.toLocaleString('en')]);
    },
    LONGEST_MS,
  );
});

const removals = (Object.entries(needed) as [Rule, Need][]).map(
  ([rule, need]) => [need.breaks, rules[rule], { rule, ...need }] as const,
);

describe('the claims protocol without one of its rules', () => {
  test.each(removals)(
    'breaks %s (I4): %s',
    (_breaks, sentence, { rule, scenario, breaks }) => {
      const model = { scenario: scenarios[scenario], without: new Set([rule]) };
      const { states, broken } = explore(model, [breaks]);

      expect(broken, `${states} states, and none breaks ${breaks}`).not.toBeNull();
      const steps = broken?.trace.length;
      expect(rowOf(sentence)?.slice(0, 3), told(broken)).toEqual([sentence, breaks, `${steps}`]);
    },
    LONGEST_MS,
  );
});
