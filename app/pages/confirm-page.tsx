import { Button, buttonClass } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState } from '../components/form-state.ts';
import { ConfirmFaces } from './confirm-faces.tsx';
import { ConfirmCreate, createFields, type ConfirmField } from './confirm-create.tsx';
import { confirmText as text } from './confirm-text.ts';
import type { ConfirmQuestion, ReturnedIdentity } from './confirm-question.ts';
import { NarrowPage } from './narrow-page.tsx';

export interface ConfirmPageProps {
  readonly state: FormState<ConfirmField>;
  /** The one-time row behind this page. */
  readonly pending: string;
  readonly identity: ReturnedIdentity;
  readonly question: ConfirmQuestion;
}

function happensText(identity: ReturnedIdentity, question: ConfirmQuestion): string {
  switch (question.intent) {
    case 'create':
      return text.happens.create(identity);
    case 'link':
      return text.happens.link(identity, question.account.username);
    case 'move':
      return question.onlyWayIn
        ? text.onlyWayIn(identity)
        : text.happens.move(identity, question.account.username);
    case 'continue':
      return text.happens.continue(identity, question.account.username, question.movedAt);
  }
}

function carefulText(question: ConfirmQuestion): string {
  if (question.intent === 'move' && question.onlyWayIn) return text.onlyWayInNext;
  return text.careful[question.intent];
}

const Yes = ({ state, pending, identity, question }: ConfirmPageProps) => {
  const { intent } = question;
  if (intent === 'create') {
    return <ConfirmCreate state={state} pending={pending} question={question} />;
  }
  if (intent === 'move' && question.onlyWayIn) return null;
  return (
    <Form csrf={state.csrf} hidden={{ pending, intent }}>
      {/* After a move nothing invites: whoever reads it first may be the one it was taken from (H11). */}
      <Button wide kind={intent === 'continue' ? 'quiet' : 'primary'}>
        {text.submit[intent](identity.provider.label)}
      </Button>
    </Form>
  );
};

/** Finishes what needs a yes: both faces, one sentence of what will happen, and the way out. */
export const ConfirmPage = (props: ConfirmPageProps) => {
  const { state, pending, identity, question } = props;
  const { wrong } = bindFields(state, createFields);
  return (
    <div className="mx-auto max-w-main mid:pt-3" data-confirm={question.intent}>
      <h1 className="text-title font-semibold tracking-tight">
        {text.titles[question.intent](identity)}
      </h1>
      <ConfirmFaces identity={identity} question={question} />
      <p className="mt-3 text-lead font-medium">{happensText(identity, question)}</p>
      <p className="mt-1 max-w-text text-ink-soft">{carefulText(question)}</p>
      {question.intent === 'continue' && (
        <p className="mt-1 max-w-text text-ink-soft">{text.movedNext}</p>
      )}
      <div className="mt-4 max-w-form">
        <ErrorSummary alert={state.alert} wrong={question.intent === 'create' ? wrong : []} />
        <div className="grid gap-1.5">
          <Yes {...props} />
          <Form csrf={state.csrf} hidden={{ pending, intent: 'cancel' }}>
            <Button kind="quiet" wide>
              {text.cancel[question.intent]}
            </Button>
          </Form>
        </div>
      </div>
    </div>
  );
};

/** The question was answered, or its ten minutes are past. */
export const ConfirmOverPage = ({ signedIn }: { readonly signedIn: boolean }) => (
  <NarrowPage title={text.over.title} lead={<p>{text.over.lead}</p>}>
    <p>{text.over.safe}</p>
    <p className="mt-3">
      <a
        href={signedIn ? '/settings/connections' : '/login'}
        className={buttonClass('primary', true)}
      >
        {signedIn ? text.over.connections : text.over.signIn}
      </a>
    </p>
  </NarrowPage>
);
