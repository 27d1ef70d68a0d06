import { describe, expect, test } from 'vitest';
import { newPerson, register, registerFields, signIn } from '../support/people.ts';
import { appOfTest, browserAt } from './the-app.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Slow enough that all these people have sent their forms before many are hashed. */
const SLOW_HASHES = { BCRYPT_COST: '10' };

describe('more people than can be served (F25)', () => {
  test('are registered, or told at once to come back, and nobody who was registered is lost', async () => {
    const app = await appOfTest(SLOW_HASHES);
    const people = await Promise.all(
      times(220).map(async () => {
        const [client, person] = [browserAt(app), newPerson()];
        return { client, person, fields: await client.fill('/register', registerFields(person)) };
      }),
    );

    const answers = await Promise.all(
      people.map(async ({ client, person, fields }) => ({
        client,
        person,
        answer: await client.post('/register', fields),
      })),
    );

    const done = answers.filter(({ answer }) => answer.status === 303);
    const refused = answers.filter(({ answer }) => answer.status === 503);
    expect(done.length + refused.length).toBe(answers.length);
    expect(done.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    for (const { answer, person } of refused) {
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      const { email, username, name } = person;
      expect(answer.form('once').fields).toMatchObject({ email, username, name, password: '' });
    }
    for (const { client } of done)
      expect(await client.get('/settings')).toMatchObject({ status: 200 });
  });

  test('leave everything as it was for those who come afterwards', async () => {
    const app = await appOfTest();
    const strangers = times(600).map(() => browserAt(app).get('/register'));
    const statuses = (await Promise.all(strangers)).map(({ status }) => status);
    const person = newPerson();

    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]));
    expect(await register(browserAt(app), person)).toMatchObject({ status: 303 });
    expect(await signIn(browserAt(app), person)).toMatchObject({ status: 303 });
  });
});
