import { Notice, type Tone } from './notice.tsx';

/** What the last request did, said once on the page that follows. It came in a cookie, so it needs no script. */
export interface FlashMessage {
  readonly tone: Tone;
  readonly text: string;
}

export const Flash = ({ message }: { readonly message: FlashMessage }) => (
  <div className="mb-3" data-flash={message.tone}>
    <Notice tone={message.tone}>
      <p>{message.text}</p>
    </Notice>
  </div>
);
