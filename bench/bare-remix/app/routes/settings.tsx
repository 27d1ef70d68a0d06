import { useLoaderData } from '@remix-run/react';
import { ProfilePage } from '../../../../app/pages/profile-page.tsx';
import { somebody } from '../somebody.ts';

interface Asked {
  readonly request: Request;
  readonly context: {
    /** Whom the session of a request belongs to; without it the page asks nobody. */
    readonly personOf?: (
      request: Request,
    ) => Promise<{ readonly name: string; readonly email: string }>;
  };
}

/** The application's own settings page, markup and all. */
export async function loader({ request, context }: Asked) {
  const { username, csrf } = somebody;
  const { name, email } = context.personOf ? await context.personOf(request) : somebody;
  return { csrf, values: { username, name, email }, waited: false };
}

export const meta = () => [{ title: 'Settings · Latchkey' }];

export default function Settings() {
  const { csrf, values } = useLoaderData<typeof loader>();
  return <ProfilePage state={{ csrf, values }} />;
}
