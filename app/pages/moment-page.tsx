import { HistoryLine } from '../components/history-line.tsx';
import { Icon } from '../components/icon.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { EntrySteps, entryAddress } from './entry-steps.tsx';
import { HiddenNotice } from './hidden-notice.tsx';
import { registerEntry, type HistoryEntry } from './history-entry.ts';
import { historyText, toldText, type Told } from './history-text.ts';
import { momentText as text } from './moment-text.ts';
import { TextLink } from './narrow-page.tsx';

/** As `MomentRow` of the server. */
interface Row {
  readonly key: string;
  readonly label: string;
  readonly then: Told | null;
  readonly before?: Told | null | undefined;
  readonly now?: Told | null | undefined;
}

export interface MomentPageProps {
  readonly entry: HistoryEntry;
  readonly revision: number;
  readonly last: number;
  readonly rows: readonly Row[];
  readonly hidden: boolean;
  readonly now: string;
}

const Value = ({ told }: { readonly told: Told | null }) =>
  told === null ? (
    <span className="text-ink-soft">{text.notThere}</span>
  ) : (
    <span className="[overflow-wrap:anywhere]">{toldText(told)}</span>
  );

const cell = 'py-1.5 pe-2 text-start align-top';

/** Marked twice over: by an icon beside words, and by weight; colour alone says nothing. */
const Line = ({ row }: { readonly row: Row }) => (
  <tr className="border-t border-line">
    <th scope="row" className={`${cell} font-normal text-ink-soft`}>
      {row.label}
    </th>
    <td className={cell}>
      <span className={row.before === undefined ? '' : 'font-semibold'}>
        <Value told={row.then} />
      </span>
      {row.before !== undefined && (
        <span className="mt-0.5 flex gap-0.5 text-small text-brass">
          <Icon name="key" />
          <span>
            {text.before} <Value told={row.before} />
          </span>
        </span>
      )}
    </td>
    <td className={cell}>
      {row.now === undefined ? (
        <span className="text-ink-soft">{text.same}</span>
      ) : (
        <span className="font-semibold">
          <Value told={row.now} />
        </span>
      )}
    </td>
  </tr>
);

/** The account as it was after one entry, beside what it was before and what it is now. */
export const MomentPage = ({ entry, revision, last, rows, hidden, now }: MomentPageProps) => (
  <SettingsFrame current="/settings/history" heading={text.title(revision)} lead={text.lead} wide>
    <HistoryLine
      entries={[registerEntry(entry)]}
      now={now}
      fromNow={false}
      numberText={historyText.number}
    />
    {hidden && <HiddenNotice address={entryAddress('at', revision)} />}
    <table className="w-full max-w-main table-fixed border-b border-line">
      <thead className="text-small text-ink-soft">
        <tr>
          <th scope="col" className={`${cell} w-[28%]`}>
            {text.columns.what}
          </th>
          <th scope="col" className={cell}>
            {text.columns.then}
          </th>
          <th scope="col" className={cell}>
            {text.columns.now}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.key} row={row} />
        ))}
      </tbody>
    </table>
    <p className="flex flex-wrap gap-x-3 print:hidden">
      <TextLink href={entryAddress('raw', revision)}>{text.raw}</TextLink>
      <TextLink href="/settings/history">{text.back}</TextLink>
    </p>
    <EntrySteps view="at" revision={revision} last={last} />
  </SettingsFrame>
);
