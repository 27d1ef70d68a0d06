import { Card } from '../components/card.tsx';
import { Notice } from '../components/notice.tsx';
import { auditText } from './audit-text.ts';
import { Terms } from './audit-terms.tsx';

const text = auditText.standing;

/** How far what is looked up has come. Positions as text: they outgrow a number. */
export interface Standing {
  readonly newest: string;
  readonly position: string;
  /** Milliseconds; null where they never held everything. */
  readonly behindMs: number | null;
  readonly driven: boolean;
  readonly stopped: string | null;
}

const lagText = ({ behindMs }: Standing): string => {
  if (behindMs === null) return text.never;
  return behindMs === 0 ? text.level : text.behind(behindMs);
};

export const AuditStanding = (standing: Standing) => (
  <Card title={text.title}>
    {standing.stopped !== null && (
      <div className="mb-2">
        <Notice tone="danger">
          <p>{text.stopped(standing.stopped)}</p>
        </Notice>
      </div>
    )}
    <Terms
      terms={[
        [text.newest, text.position(standing.newest)],
        [text.lookups, text.position(standing.position)],
        [text.lag, lagText(standing)],
        [text.driven, standing.driven ? text.somebody : text.nobody],
      ]}
    />
  </Card>
);
