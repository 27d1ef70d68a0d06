import { Notice } from '../components/notice.tsx';
import { historyText as text } from './history-text.ts';
import { TextLink } from './narrow-page.tsx';

/** Says that former values are kept from view, and how its owner reads them all the same (H19). */
export const HiddenNotice = ({ address }: { readonly address?: string | undefined }) => (
  <Notice tone="info">
    <p>{text.hidden}</p>
    <p className="print:hidden">
      <TextLink href={`/reauth?redirectTo=${encodeURIComponent(address ?? '/settings/history')}`}>
        {text.prove}
      </TextLink>
    </p>
  </Notice>
);
