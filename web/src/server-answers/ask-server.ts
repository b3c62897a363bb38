/** Reads data that this device does not keep from the server. */
import { errorBody } from '@ingesthub/schema/values/errors.ts';
import type { z } from 'zod';

/** @throws Error with a user-facing message; AbortError when the signal fires. */
export async function askServer<Answer>(
  path: string,
  search: Readonly<Record<string, string>>,
  answer: z.ZodType<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  const address = `${path}?${new URLSearchParams(search)}`;
  const response = await fetch(address, { signal: signal ?? null, cache: 'no-store' }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new Error('The server does not answer.', { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return answer.parse(body);
  const { data } = errorBody.safeParse(body);
  throw new Error(data?.error.message ?? `The server answered ${response.status}.`);
}
