import { askProvider, UNAUTHORIZED, type Answered, type InTheNameOf } from './ask-provider.ts';
import type { Deps } from './deps.ts';

/**
 * Reads a path of a provider's API (GET) in somebody's name, or in the site's own: the one way to use a token. It goes
 * to the provider's API and nowhere else, however the path is spelled; redirects are not followed; one call takes 5 s at
 * most, an answer has 64 KB at most. A call that reached nobody is tried once more. Where the API says 401 the tokens
 * are renewed once, by one of all who ask, and it is asked again. Answers what the API said, below 500 whatever it was.
 * `reconnect`: the person has to go through the round trip again (for the site: `latchkey connect`). The provider's
 * faults are `why` too. Throws only what the vault and the log throw.
 */
export const providerFetch = (
  deps: Deps,
  who: InTheNameOf,
  path: string,
): Promise<Answered<Response>> =>
  askProvider(deps, who, async (provider, tokens) => {
    const answer = await provider.fetch(tokens, path);
    return answer.status === 401 ? UNAUTHORIZED : answer;
  });
