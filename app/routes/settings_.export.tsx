import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { exportAccount } from '../../commands/export-account.ts';
import { exportCsv } from '../../commands/export-csv.ts';
import { freshlyProved, type Guarded } from '../../commands/guard.ts';
import type { AppContext } from '../context.ts';
import { download } from '../download.server.ts';
import { fieldText } from '../form-fields.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { requireFreshProof, requireSignedIn } from '../signed-in.server.ts';

/** The page with the forms; a proof leads back there and sends nothing by itself (H6). */
const page = '/settings/your-data';

/** Everything about the account as JSON; `?format=csv`: its history. A read cannot spend a weak proof. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const asker = await requireSignedIn(context, request, page);
  if (!freshlyProved(asker.session, context.at)) {
    throw redirect(`/reauth?redirectTo=${encodeURIComponent(page)}`, 303);
  }
  return fileOf(context, asker, new URL(request.url).searchParams.get('format') ?? 'json');
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const asker = await requireSignedIn(context, request, page);
  await requireCsrf(context, form);
  await requireFreshProof(context, asker, page);
  return fileOf(context, asker, fieldText(form, 'format'));
}

function fileOf(context: AppContext, { session }: Guarded, format: string): Promise<Response> {
  const { deps } = context.services;
  const day = context.at.toISOString().slice(0, 10);
  switch (format) {
    case 'json':
      return download({
        type: 'application/json',
        fileName: `latchkey-export-${day}.json`,
        pieces: exportAccount(deps, session.accountId, context.settings.origin),
      });
    case 'csv':
      return download({
        type: 'text/csv',
        fileName: `latchkey-history-${day}.csv`,
        pieces: exportCsv(deps, session.accountId),
      });
    default:
      throw new Response(null, { status: 400 });
  }
}
