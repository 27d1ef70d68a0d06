import { Mono } from '../components/mono.tsx';
import { loginText } from './login-text.ts';

export interface SamplePerson {
  readonly name: string;
  readonly identifier: string;
  readonly password: string;
}

/** Said under the sign-in form under development rules only: who can be picked, and with what. */
export const DevelopmentNote = ({ people }: { readonly people: readonly SamplePerson[] }) => (
  <aside className="mt-2 rounded-corner border border-dashed border-edge p-2 text-start text-ink">
    <h2 className="font-semibold">{loginText.development.title}</h2>
    <p className="mt-0.5 text-small text-ink-soft">{loginText.development.lead}</p>
    <dl className="mt-1.5 divide-y divide-line border-t border-line text-small">
      {people.map(({ name, identifier, password }) => (
        <div key={identifier} className="flex flex-wrap justify-between gap-x-2 py-1">
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd className="flex flex-wrap gap-x-2">
            <Mono>{identifier}</Mono>
            <Mono>{password}</Mono>
          </dd>
        </div>
      ))}
    </dl>
  </aside>
);
