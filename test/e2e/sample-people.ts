import { accountIdOf, giveRole } from '../support/audit-trails.ts';
import { goodPassword, newPerson, registered, signIn, type Person } from '../support/people.ts';
import { connect, newStranger, roundTrip } from '../support/provider-trips.ts';
import type { RunningApp } from '../support/running-app.ts';
import { WebClient } from '../support/web-client.ts';
import { longName, rightToLeftName } from './names.ts';

export type SampleName = 'ada' | 'fresh' | 'long' | 'rightToLeft' | 'asked' | 'auditor';

export interface SamplePeople {
  /** Where `asked` is asked whether to make an account. */
  readonly question: string;
  /** Where an auditor reads what happened to Ada. */
  readonly audited: string;
  /** What a browser holds in which this person is signed in. */
  cookiesOf(name: SampleName): { name: string; value: string; url: string }[];
}

const devices = {
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  safari:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
};
type Device = keyof typeof devices;

const MINUTE = 60_000;

/** People with a past, made by the forms that people use, on a clock that runs ahead. */
export async function samplePeople(app: RunningApp): Promise<SamplePeople> {
  const ada = await new AdasLife(app).live();
  const newcomer = async (name: string) =>
    (await registered(new WebClient(app.origin), { name })).client;
  const rightToLeft = await newcomer(rightToLeftName);
  await rightToLeft.submit('/settings', { name: `${rightToLeftName} الثانية` });
  const asked = new WebClient(app.origin);
  const callback = await roundTrip(asked, { role: 'github' }, { person: 'grace' });
  const auditor = await registered(new WebClient(app.origin), { name: 'Charles Babbage' });
  await giveRole(app, auditor.person);
  const clients = {
    ada,
    rightToLeft,
    asked,
    auditor: auditor.client,
    fresh: await newcomer('Grace Hopper'),
    long: await newcomer(longName),
  };
  // What was last done is said once: not in a picture.
  for (const client of Object.values(clients)) await client.get('/');
  return {
    question: callback.location ?? '',
    audited: `/audit/${await accountIdOf(app, { username: 'ada.lovelace' })}`,
    cookiesOf: (name) =>
      [...clients[name].jar].map(([cookie, value]) => ({ name: cookie, value, url: app.origin })),
  };
}

/** A visit: so many hours after the one before, from where, and what was changed. */
interface Visit {
  readonly after: number;
  readonly from: Device;
  readonly changes: readonly Partial<Person>[];
}

const visits: readonly Visit[] = [
  { after: 49, from: 'firefox', changes: [{ name: 'Ada King' }] },
  { after: 420, from: 'safari', changes: [{ email: 'ada.king@ockham.example' }] },
  { after: 26, from: 'firefox', changes: [{ name: 'Ada Lovelace' }] },
  { after: 610, from: 'chrome', changes: [{ username: 'ada.lovelace' }] },
  { after: 93, from: 'safari', changes: [{ name: 'Augusta Ada King' }] },
  {
    after: 230,
    from: 'firefox',
    changes: [{ name: 'Ada Lovelace' }, { password: 'amber harbour candle' }],
  },
  { after: 22, from: 'safari', changes: [] },
];
const lastVisit: Visit = {
  after: 3,
  from: 'firefox',
  changes: [{ email: 'ada@engine.example' }, { name: 'Ada, Countess of Lovelace' }],
};

/** Some months of an account: names, addresses, a password, devices, and somebody at the door. */
class AdasLife {
  readonly #app: RunningApp;
  #person: Person = newPerson({ email: 'ada@byron.example', username: 'ada', name: 'Ada Byron' });
  #minutes = 0;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  /** Answers the browser of the last visit. */
  async live(): Promise<WebClient> {
    const { client: first } = await registered(this.#browser('firefox'), this.#person);
    await connect(
      first,
      'github',
      newStranger({ handle: 'ada-byron', name: 'Ada Byron', email: 'ada@byron.example' }),
    );
    for (const visit of visits) await this.#visit(visit);
    await this.#later(95);
    await signIn(this.#browser('chrome'), { ...this.#person, password: `not ${goodPassword}` });
    const client = await this.#visit(lastVisit);
    await this.#later(8);
    return client;
  }

  async #visit({ after, from, changes }: Visit): Promise<WebClient> {
    await this.#later(after * 60);
    const client = this.#browser(from);
    await signIn(client, this.#person);
    for (const change of changes) {
      await this.#later(4);
      await this.#change(client, change);
      this.#person = { ...this.#person, ...change };
    }
    return client;
  }

  async #change(client: WebClient, change: Partial<Person>): Promise<void> {
    if (change.password === undefined) {
      await client.submit('/settings', change, 'email');
      return;
    }
    await client.submit('/settings/password', {
      currentPassword: this.#person.password,
      newPassword: change.password,
      newPasswordConfirm: change.password,
    });
  }

  #browser(device: Device): WebClient {
    const client = new WebClient(this.#app.origin);
    client.userAgent = devices[device];
    return client;
  }

  async #later(minutes: number): Promise<void> {
    this.#minutes += minutes;
    await this.#app.setClockAhead(this.#minutes * MINUTE);
  }
}
