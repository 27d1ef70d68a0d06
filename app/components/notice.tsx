import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** What a notice means; each has its icon, colour never stands alone. */
export type Tone = 'safe' | 'warning' | 'danger' | 'info';

const colours: Record<Tone, string> = {
  safe: 'border-safe text-safe',
  warning: 'border-warning text-warning',
  danger: 'border-danger text-danger',
  info: 'border-line text-ink-soft',
};

export interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
}

/** A framed message. `danger` and `warning` interrupt a screen reader, the others wait their turn. */
export const Notice = ({ tone, title, children }: NoticeProps) => (
  <div
    role={tone === 'danger' || tone === 'warning' ? 'alert' : 'status'}
    className={`flex gap-1.5 rounded-corner border bg-surface p-2 ${colours[tone]}`}
  >
    <Icon name={tone} className="mt-0.25" />
    <div className="min-w-0 text-ink">
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  </div>
);
