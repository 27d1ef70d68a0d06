import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { Mono } from '../components/mono.tsx';
import { Notice } from '../components/notice.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { yourDataText as text } from './your-data-text.ts';

export interface YourDataPageProps {
  readonly csrf: string;
  /** A proof is there that is good for one of the forms. */
  readonly proved: boolean;
}

interface DownloadFormProps {
  readonly csrf: string;
  readonly format: 'json' | 'csv';
  readonly submit: string;
}

/** The page stays while the file comes, so this form never counts as sent and can be sent again. */
const DownloadForm = ({ csrf, format, submit }: DownloadFormProps) => (
  <form method="post" action="/settings/export">
    <input type="hidden" name="csrf" value={csrf} />
    <input type="hidden" name="format" value={format} />
    <Button kind={format === 'json' ? 'primary' : 'quiet'}>{submit}</Button>
  </form>
);

export const YourDataPage = ({ csrf, proved }: YourDataPageProps) => (
  <SettingsFrame current="/settings/your-data" lead={text.lead}>
    <Notice tone="info">
      <p className="max-w-text">{text.care}</p>
      {!proved && <p className="mt-1 max-w-text">{text.prove}</p>}
    </Notice>
    <Card title={text.everything.title} lead={text.everything.lead}>
      <ul className="mb-3 grid max-w-text list-disc gap-1 ps-3">
        {text.everything.contents.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <DownloadForm csrf={csrf} format="json" submit={text.everything.submit} />
      <p className="mt-3 max-w-text text-small text-ink-soft">
        {text.check} <Mono>{text.checkCommand}</Mono>
      </p>
    </Card>
    <Card title={text.history.title} lead={text.history.lead}>
      <DownloadForm csrf={csrf} format="csv" submit={text.history.submit} />
    </Card>
  </SettingsFrame>
);
