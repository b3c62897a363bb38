/**
 * Who may talk to a server without accounts: pages and tools of this machine. A page elsewhere can
 * point its own name at 127.0.0.1 (the Host header then tells) or post across origins (Origin tells).
 */
import type { MiddlewareHandler } from 'hono';
import { wireFailure } from '../wire-failure.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function sameMachine(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    const name = URL.parse(`http://${host}`)?.hostname;
    if (name === undefined || !LOOPBACK.has(name)) {
      return wireFailure(c, 403, 'forbidden', 'This server answers to 127.0.0.1 and localhost only.');
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && URL.parse(origin)?.host !== host) {
      return wireFailure(c, 403, 'forbidden', 'Requests from other origins are not answered.');
    }
    return next();
  };
}
