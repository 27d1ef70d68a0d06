import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DataDeletionPage } from '../pages/data-deletion-page.tsx';
import { dataDeletionText } from '../pages/data-deletion-text.ts';
import { pageTitle } from '../page-title.ts';

export const meta: MetaFunction = () => pageTitle(dataDeletionText.title);

const CODE = /^[A-Za-z0-9_-]{22}$/;

/** The state of a request, for anybody who has its code; it names nobody, and says the same whoever it is about (H13). */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const code = params['code'] ?? '';
  const { notices } = context.services.deps.vault;
  const found = CODE.test(code) ? await notices.find(code) : undefined;
  if (found?.kind !== 'data-deletion') throw new Response(null, { status: 404 });
  const { toldAt, doneAt } = found;
  return data({ toldAt: toldAt.toISOString(), doneAt: doneAt?.toISOString() ?? null });
}

export default function DataDeletion() {
  return <DataDeletionPage {...useLoaderData<typeof loader>()} />;
}
