import type { ProviderName } from '../domain/account/events.ts';
import { providerFault } from './provider-fault.ts';

/** The JSON of an answer that says it is JSON. Throws ProviderFault, `provider-nonsense`, for anything else. */
export async function jsonOf(provider: ProviderName, answer: Response): Promise<unknown> {
  const type = answer.headers.get('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\b|^text\/javascript\b/i.test(type)) {
    throw providerFault(provider, 'provider-nonsense', `answered ${answer.status}, no JSON`);
  }
  try {
    return await answer.json();
  } catch {
    throw providerFault(provider, 'provider-nonsense', `answered ${answer.status}, broken JSON`);
  }
}
