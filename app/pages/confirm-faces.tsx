import type { ReactNode } from 'react';
import { Icon } from '../components/icon.tsx';
import { Mark } from '../components/mark.tsx';
import { ProviderMark } from '../components/provider-mark.tsx';
import type { AccountFace, ConfirmQuestion, ReturnedIdentity } from './confirm-question.ts';
import { confirmText as text } from './confirm-text.ts';
import { handleText, isolate } from './device-text.ts';

interface FaceProps {
  readonly caption: string;
  readonly mark: ReactNode;
  readonly title: ReactNode;
  readonly dashed?: boolean;
  readonly children?: ReactNode;
}

const Face = ({ caption, mark, title, dashed = false, children }: FaceProps) => (
  <section
    className={`min-w-0 flex-1 rounded-corner border bg-surface p-2 mid:p-3 ${dashed ? 'border-dashed border-edge' : 'border-line'}`}
  >
    <p className="text-small text-ink-soft">{caption}</p>
    <div className="mt-1.5 flex gap-1.5">
      {mark}
      <div className="min-w-0">
        <h2 className="text-lead font-semibold">{title}</h2>
        {children}
      </div>
    </div>
  </section>
);

const IdentityFace = ({ identity }: { readonly identity: ReturnedIdentity }) => {
  const { provider, handle, name, email, emailProved } = identity;
  const title = handle ? handleText(handle) : (name ?? email ?? text.noName);
  return (
    <Face
      caption={text.identityFace(provider.label)}
      mark={<ProviderMark provider={provider} className="size-3.5" />}
      title={<bdi>{title}</bdi>}
    >
      {handle && name && (
        <p>
          <bdi>{name}</bdi>
        </p>
      )}
      <p className="text-small text-ink-soft">{email ?? text.noEmail}</p>
      {email && (
        <p
          className={`flex items-center gap-0.5 text-small ${emailProved ? 'text-safe' : 'text-ink-soft'}`}
        >
          <Icon name={emailProved ? 'safe' : 'info'} />
          {emailProved ? text.proved : text.notProved}
        </p>
      )}
    </Face>
  );
};

const Account = ({ account, caption }: { account: AccountFace; caption: string }) => (
  <Face
    caption={caption}
    mark={<Mark className="size-3.5 shrink-0 text-brass" />}
    title={isolate(account.username)}
  >
    {account.name && (
      <p>
        <bdi>{account.name}</bdi>
      </p>
    )}
    {account.email !== undefined && (
      <p className="text-small text-ink-soft">{account.email ?? text.noEmail}</p>
    )}
  </Face>
);

const Opened = ({ question }: { readonly question: ConfirmQuestion }) => {
  if (question.intent === 'create') {
    return (
      <Face
        dashed
        caption={text.accountFace}
        mark={<Mark className="size-3.5 shrink-0 text-ink-soft" />}
        title={text.newAccount}
      >
        <p className="text-small text-ink-soft">{text.newAccountWords}</p>
      </Face>
    );
  }
  const now = question.intent === 'continue';
  return (
    <Account account={question.account} caption={now ? text.accountFaceNow : text.accountFace} />
  );
};

/** The identity that came back, and the account it will open: side by side, one above the other on a phone. */
export const ConfirmFaces = ({
  identity,
  question,
}: {
  readonly identity: ReturnedIdentity;
  readonly question: ConfirmQuestion;
}) => (
  <div className="mt-3 flex flex-col gap-1 mid:flex-row mid:items-stretch">
    <IdentityFace identity={identity} />
    <Icon
      name="later"
      className="size-3 rotate-90 self-center text-brass mid:rotate-0 rtl:mid:rotate-180"
    />
    <Opened question={question} />
  </div>
);
