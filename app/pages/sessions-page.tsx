import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Form } from '../components/form.tsx';
import type { FormAlert } from '../components/form-state.ts';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { Time } from '../components/time.tsx';
import { deviceText, type Device, type Way } from './device-text.ts';
import { sessionsText as text } from './sessions-text.ts';

export interface SessionLine {
  readonly sessionId: string;
  readonly device: Device;
  readonly way: Way;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}

export interface SessionsPageProps {
  readonly csrf: string;
  /** This session first, then the one seen last. */
  readonly sessions: readonly SessionLine[];
  readonly now: string;
  readonly alert?: FormAlert | undefined;
}

interface LineProps {
  readonly session: SessionLine;
  readonly csrf: string;
  readonly now: string;
}

const Line = ({ session, csrf, now }: LineProps) => (
  <li className="flex flex-wrap items-center justify-between gap-2 p-2 mid:flex-nowrap mid:px-3">
    <div className="min-w-0">
      <h2 className="flex flex-wrap items-baseline gap-x-1.5 font-semibold">
        {deviceText(session.device)}
        {session.current && (
          <span className="text-small font-semibold text-brass">{text.thisOne}</span>
        )}
      </h2>
      <p className="text-small">{text.method(session.way)}</p>
      <p className="flex flex-wrap gap-x-2 text-small text-ink-soft">
        <span>
          {text.started} <Time at={session.startedAt} now={now} />
        </span>
        <span>
          {text.lastSeen} <Time at={session.lastSeenAt} now={now} />
        </span>
        {session.device.ip && (
          <span>
            <span className="sr-only">{text.address} </span>
            {session.device.ip}
          </span>
        )}
      </p>
    </div>
    {!session.current && (
      <Form
        csrf={csrf}
        hidden={{ intent: 'end', sessionId: session.sessionId }}
        className="shrink-0"
      >
        <Button kind="danger" label={text.endOf(deviceText(session.device))}>
          {text.end}
        </Button>
      </Form>
    )}
  </li>
);

export const SessionsPage = ({ csrf, sessions, now, alert }: SessionsPageProps) => (
  <SettingsFrame current="/settings/sessions" lead={text.lead}>
    <div>
      <ErrorSummary alert={alert} />
      <ul className="divide-y divide-line rounded-corner border border-line bg-surface">
        {sessions.map((session) => (
          <Line key={session.sessionId} session={session} csrf={csrf} now={now} />
        ))}
      </ul>
    </div>
    {sessions.length > 1 ? (
      <Form csrf={csrf} hidden={{ intent: 'end-others' }}>
        <Button kind="danger">{text.endOthers}</Button>
      </Form>
    ) : (
      <p className="text-ink-soft">{text.onlyThis}</p>
    )}
  </SettingsFrame>
);
