import { z } from 'zod';

/** Code 190: the token is not good. */
const badToken = z.looseObject({ error: z.looseObject({ code: z.literal(190) }) });
const no = z.looseObject({ success: z.literal(false) });

/** Whether the Graph API says that a token is not good: it says 400 for everything, and why in the body. */
export const isBadToken = async (answer: Response): Promise<boolean> =>
  !answer.ok && badToken.safeParse(await readJson(answer)).success;

/** Whether it says, with 200, that nothing was done. */
export const saysNo = async (answer: Response): Promise<boolean> =>
  no.safeParse(await readJson(answer)).success;

/** Undefined for what is no JSON; the answer can be read again. */
async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.clone().json();
  } catch {
    return undefined;
  }
}
