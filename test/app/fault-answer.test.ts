import { describe, expect, test } from 'vitest';
import { orTryAgain } from '../../app/answers.server.ts';
import { faultAnswer } from '../../app/fault-answer.ts';

const fault = (code: string) => Object.assign(new Error('a fault'), { code });
const words = async (code: string) => {
  const reported: unknown[] = [];
  const context = { report: (error: unknown) => reported.push(error) };
  const answer = await orTryAgain(context, { name: 'Ada' }, () => Promise.reject(fault(code)));
  expect(reported).toHaveLength(1);
  return answer.data.alert?.text;
};

describe('a form whose fault passes by itself', () => {
  test.each(['unavailable', 'overloaded', 'writer-busy'])(
    'is told that nothing was changed, where that is certain: %s',
    async (code) => {
      expect(await words(code)).toContain('Nothing was changed');
    },
  );

  test.each(['try-again', 'outcome-unknown', 'writer-gone'])(
    'F15 is never told so where it may be saved yet: %s',
    async (code) => {
      expect(await words(code)).toContain('It is not certain yet');
      expect(await words(code)).not.toContain('Nothing was changed');
    },
  );

  test('is none where the fault does not pass', () => {
    expect(faultAnswer(fault('key-missing'))).toBeUndefined();
    expect(faultAnswer(new Error('no code'))).toBeUndefined();
  });
});
