import { Notice } from '../components/notice.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { momentText as text } from './moment-text.ts';
import { TextLink } from './narrow-page.tsx';

/** An entry was asked for that is not there: says which are. */
export const MissingEntryPage = ({ words }: { readonly words: string }) => (
  <SettingsFrame current="/settings/history">
    <Notice tone="warning" title={text.missingTitle}>
      <p>
        {words} <TextLink href="/settings/history">{text.back}</TextLink>
      </p>
    </Notice>
  </SettingsFrame>
);
