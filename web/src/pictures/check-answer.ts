/** Separates the server's answers from its errors and from the answers of a network in between. */
import { errorBody } from '@ingesthub/schema/values/errors.ts';

/** The server rejected the request: a retry would get the same answer until something changes. */
export class ServerRefusal extends Error {
  override name = 'ServerRefusal';
}

/**
 * @throws ServerRefusal for a 4xx from the server itself.
 * @throws TypeError, as fetch does without a network, for anything else: a server that is down, a captive portal.
 */
export async function checkAnswer(response: Response, status: number, type?: string): Promise<void> {
  const isWanted = type === undefined || response.headers.get('content-type')?.startsWith(type) === true;
  if (response.status === status && isWanted) return;
  const body = errorBody.safeParse(await response.json().catch(() => null));
  if (body.success && response.status < 500) throw new ServerRefusal(body.data.error.message);
  throw new TypeError(`The server did not answer as expected (${response.status}).`);
}
