import type { ErrorBody, ErrorCode } from '@ingesthub/schema/values/errors.ts';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The body of every error response: `{"error":{"code","message"}}`, never cached. */
export function wireFailure(c: Context, status: ContentfulStatusCode, code: ErrorCode, message: string): Response {
  return c.json({ error: { code, message } } satisfies ErrorBody, status, { 'cache-control': 'no-store' });
}
