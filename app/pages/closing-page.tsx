import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import type { FormState } from '../components/form-state.ts';
import { ExactTime } from '../components/time.tsx';
import { DeleteForm, type DeleteField } from './delete-form.tsx';
import { Ledger, type LedgerLine } from './delete-ledger.tsx';
import { deleteText } from './delete-text.ts';
import { deviceText, type Device, type Way } from './device-text.ts';

const { closing: text } = deleteText;

/** Who asked for the end of the account, as far as the log says. */
export interface AskedFor {
  readonly at: string;
  readonly eraseAt: string;
  /** The way in of the session that asked; null where nobody knows. */
  readonly way: Way | null;
  readonly from: Device | null;
}

export interface ClosingPageProps {
  /** Belongs to the form that was sent: `intent` says which. */
  readonly state: FormState<DeleteField>;
  readonly intent?: 'delete' | 'finish' | 'cancel' | undefined;
  readonly username: string;
  readonly hasPassword: boolean;
  readonly asked: AskedFor;
}

function linesOf({ at, eraseAt, way, from }: AskedFor): readonly LedgerLine[] {
  const lines = [
    { what: text.asked, told: <ExactTime at={at} /> },
    { what: text.by, told: way ? text.byWay(way) : text.byUnknown },
    { what: text.until, told: <ExactTime at={eraseAt} /> },
  ];
  if (!from) return lines;
  const place = from.ip ? `${deviceText(from)}, ${from.ip}` : deviceText(from);
  return [...lines.slice(0, 2), { what: text.from, told: place }, ...lines.slice(2)];
}

/** All that is left of an account that closes: keep it, or end it at once (H7). */
export const ClosingPage = ({ state, intent, username, hasPassword, asked }: ClosingPageProps) => {
  const untouched: FormState<DeleteField> = { csrf: state.csrf };
  return (
    <div className="mx-auto grid max-w-main gap-4">
      <div>
        <h1 className="text-title font-semibold tracking-tight">{text.title}</h1>
        <p className="mt-1 max-w-text text-ink-soft">{text.lead(asked.eraseAt)}</p>
      </div>
      <Ledger title={text.ledger} lines={linesOf(asked)} />
      <Card title={text.keepTitle} lead={text.keepLead}>
        {intent === 'cancel' && <ErrorSummary alert={state.alert} />}
        <p className="mb-2 max-w-text">{text.notYou}</p>
        <Form csrf={state.csrf} hidden={{ intent: 'cancel' }}>
          <Button>{text.keep}</Button>
        </Form>
      </Card>
      <Card title={text.finishTitle} lead={text.finishLead}>
        <DeleteForm
          state={intent === 'cancel' ? untouched : state}
          intent="finish"
          username={username}
          hasPassword={hasPassword}
          submit={text.finish}
        />
      </Card>
    </div>
  );
};
