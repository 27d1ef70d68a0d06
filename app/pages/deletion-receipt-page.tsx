import { buttonClass } from '../components/button.tsx';
import { Mono } from '../components/mono.tsx';
import { ExactTime } from '../components/time.tsx';
import { Ledger, type LedgerLine } from './delete-ledger.tsx';
import { deleteText } from './delete-text.ts';
import { isolate } from './device-text.ts';
import { TextLink } from './narrow-page.tsx';

const { receipt: text } = deleteText;

/** What became of a deletion, without a word about whose it was. */
export interface DeletionReceipt {
  readonly state: 'closing' | 'erasing' | 'erased' | 'kept';
  readonly accountId: string;
  readonly askedAt?: string | undefined;
  readonly eraseAt?: string | undefined;
  readonly deletedAt?: string | undefined;
  readonly erasedAt?: string | undefined;
  /** How many facts stay. */
  readonly facts: number;
  readonly grants: readonly {
    readonly name: string;
    readonly outcome: 'revoked' | 'unsupported' | 'failed';
  }[];
}

const dated = (what: string, at: string | undefined): readonly LedgerLine[] =>
  at === undefined ? [] : [{ what, told: <ExactTime at={at} /> }];

function linesOf(receipt: DeletionReceipt): readonly LedgerLine[] {
  const { state, accountId, askedAt, eraseAt, deletedAt, erasedAt, facts, grants } = receipt;
  const number = {
    what: text.number,
    told: (
      <>
        <Mono>{accountId}</Mono>
        <br />
        {text.numberTold}
      </>
    ),
  };
  const outcomes = grants.map(({ name, outcome }) => text.grants[outcome](isolate(name)));
  return [
    number,
    ...dated(text.asked, askedAt),
    ...dated(text.due, eraseAt),
    ...dated(text.deleted, deletedAt),
    ...dated(text.erased, erasedAt),
    ...(state === 'erasing' ? [{ what: text.erased, told: text.underWay }] : []),
    ...(deletedAt === undefined ? [] : [{ what: text.facts, told: text.factsTold(facts) }]),
    ...(outcomes.length === 0 ? [] : [{ what: text.elsewhere, told: outcomes.join(' ') }]),
  ];
}

/** Dated, to be printed, and without personal data. */
export const DeletionReceiptPage = ({ receipt }: { readonly receipt: DeletionReceipt }) => {
  const { state } = receipt;
  const open = state === 'closing' || state === 'kept';
  return (
    <div className="mx-auto grid max-w-main gap-3">
      <div>
        <h1 className="text-title font-semibold tracking-tight">{text.titles[state]}</h1>
        <p className="mt-1 max-w-text text-ink-soft">{text.leads[state]}</p>
      </div>
      <Ledger title={text.ledger} lines={linesOf(receipt)} />
      <p className="text-small text-ink-soft print:hidden">{text.keepThis}</p>
      <p className="print:hidden">
        {open ? (
          <a href="/login" className={buttonClass('primary')}>
            {text.signIn}
          </a>
        ) : (
          <TextLink href="/">{text.home}</TextLink>
        )}
      </p>
    </div>
  );
};
