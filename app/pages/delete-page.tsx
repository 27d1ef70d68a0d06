import { Card } from '../components/card.tsx';
import type { FormState } from '../components/form-state.ts';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { DeleteForm, type DeleteField } from './delete-form.tsx';
import { Ledger, type LedgerLine } from './delete-ledger.tsx';
import { deleteText as text } from './delete-text.ts';
import { isolate, wayText, type Way } from './device-text.ts';

/** A provider of the account's, and whether there is something it can take back. */
export interface Elsewhere {
  readonly name: string;
  readonly revocable: boolean;
}

export interface DeletePageProps {
  readonly state: FormState<DeleteField>;
  readonly username: string;
  readonly hasPassword: boolean;
  readonly graceDays: number;
  /** When it would be erased, were it asked for now. */
  readonly eraseAt: string;
  readonly ways: readonly Way[];
  /** How much of each there is. */
  readonly counts: { readonly facts: number; readonly sessions: number; readonly activity: number };
  readonly elsewhere: readonly Elsewhere[];
}

const goes = ({ counts, ways }: DeletePageProps): readonly LedgerLine[] => [
  { what: text.goes.you, told: text.goes.youTold(counts.facts) },
  { what: text.goes.ways, told: sentence(ways.map(wayText).join(', ')) },
  { what: text.goes.sessions, told: text.goes.sessionsTold(counts.sessions) },
  { what: text.goes.activity, told: text.goes.activityTold(counts.activity) },
  { what: text.goes.key, told: text.goes.keyTold },
];

const stays = ({ counts }: DeletePageProps): readonly LedgerLine[] => [
  { what: text.stays.facts, told: text.stays.factsTold(counts.facts) },
  { what: text.stays.guess, told: text.stays.guessTold },
  { what: text.stays.copies, told: text.stays.copiesTold },
  { what: text.stays.free, told: text.stays.freeTold },
];

const there = ({ elsewhere }: DeletePageProps): readonly LedgerLine[] =>
  elsewhere.map(({ name, revocable }) => ({
    what: isolate(name),
    told: revocable ? text.elsewhere.asked(isolate(name)) : text.elsewhere.own(isolate(name)),
  }));

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** What goes, what stays and until when, before anybody is asked to be sure. */
export const DeletePage = (props: DeletePageProps) => {
  const { state, username, hasPassword, graceDays, eraseAt } = props;
  const elsewhere = there(props);
  return (
    <SettingsFrame
      current="/settings/delete"
      lead={graceDays > 0 ? text.lead.later(graceDays) : text.lead.atOnce}
    >
      <Ledger
        title={text.goes.title}
        when={graceDays > 0 ? text.goes.when(eraseAt) : text.goes.atOnce}
        lines={goes(props)}
      />
      <Ledger title={text.stays.title} lines={stays(props)} />
      {elsewhere.length > 0 ? (
        <Ledger title={text.elsewhere.title} lines={elsewhere} />
      ) : (
        <Card title={text.elsewhere.title}>
          <p className="text-ink-soft">{text.elsewhere.none}</p>
        </Card>
      )}
      <Card title={text.form.title}>
        <DeleteForm
          state={state}
          intent="delete"
          username={username}
          hasPassword={hasPassword}
          submit={text.form.submit}
        />
      </Card>
    </SettingsFrame>
  );
};
