import { ExactTime } from '../components/time.tsx';
import { dataDeletionText as text } from './data-deletion-text.ts';
import { NarrowPage, TextLink } from './narrow-page.tsx';

export interface DataDeletionPageProps {
  readonly toldAt: string;
  /** Null while it is still to be carried out. */
  readonly doneAt: string | null;
}

const Moment = ({ name, at }: { readonly name: string; readonly at: string }) => (
  <div className="flex flex-wrap gap-x-1">
    <dt className="text-ink-soft">{name}</dt>
    <dd>
      <ExactTime at={at} />
    </dd>
  </div>
);

/** The state of a request that Facebook passed on: the same for everybody, known here or not (H13). */
export const DataDeletionPage = ({ toldAt, doneAt }: DataDeletionPageProps) => (
  <NarrowPage
    title={text.title}
    lead={<p>{text.lead}</p>}
    below={<TextLink href="/login">{text.signIn}</TextLink>}
  >
    <dl className="mb-2" data-state={doneAt === null ? 'received' : 'done'}>
      <Moment name={text.told} at={toldAt} />
      {doneAt !== null && <Moment name={text.done} at={doneAt} />}
    </dl>
    <p>{doneAt === null ? text.waits : text.carriedOut}</p>
    <p className="mt-2">{text.rest}</p>
    <p className="mt-2">{text.restWithout}</p>
  </NarrowPage>
);
