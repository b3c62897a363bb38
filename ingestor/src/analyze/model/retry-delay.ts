/** Computes how long to wait before a request is repeated. */
import { z } from 'zod';

export interface RetryRule {
  /** Requests in total. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
}

export const RETRY_RULE: RetryRule = { attempts: 5, baseMs: 1000, maxMs: 60_000 };

/**
 * Doubles the delay with each attempt and randomises its upper half, so that several ingestors do not return at once.
 * Waits at least as long as the server requests; null when that is too long.
 *
 * @param attempt 0 after the first request.
 * @param askedMs the wait that the server requests; null: none.
 * @param random 0 to 1.
 */
export function retryDelay(attempt: number, askedMs: number | null, random: number, rule = RETRY_RULE): number | null {
  if (attempt + 1 >= rule.attempts) return null;
  if (askedMs !== null && askedMs > rule.maxMs) return null;
  const own = Math.min(rule.maxMs, rule.baseMs * 2 ** attempt) * (0.5 + random / 2);
  return Math.round(Math.max(own, askedMs ?? 0));
}

/**
 * Reads the wait that a server requests: the header `Retry-After` (RFC 9110: seconds or a date), or
 * google.rpc.RetryInfo in the error's details ('1.5s').
 *
 * @param body the error's body as text.
 * @returns milliseconds; null: no wait is requested.
 */
export function askedDelay(retryAfter: string | null, body: string, now: number): number | null {
  const info = retryInfo(body);
  if (info !== null) return info;
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

const errorBody = z.object({
  error: z.object({ details: z.array(z.object({ '@type': z.string(), retryDelay: z.string().optional() })) }),
});

function retryInfo(body: string): number | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const details = errorBody.safeParse(json).data?.error.details ?? [];
  const delay = details.find((detail) => detail['@type'].endsWith('google.rpc.RetryInfo'))?.retryDelay;
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
