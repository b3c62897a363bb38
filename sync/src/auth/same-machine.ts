/**
 * Who may talk to a server without accounts: pages and tools of this machine. A page elsewhere can
 * point its own name at 127.0.0.1 (the Host header then tells), post across origins (Origin tells), or just fetch an
 * address without reading the answer, as a picture say (Sec-Fetch-Site tells).
 * https://www.w3.org/TR/fetch-metadata/
 */
import type { Context, MiddlewareHandler } from 'hono';
import { wireFailure } from '../http/wire-failure.ts';

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
    // `none`: somebody typed the address. Another port of this machine is `same-site`, and not ours.
    const site = c.req.header('sec-fetch-site');
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (isForeign && /^\/(api|media)(\/|$)/.test(c.req.path) && !isFollowedLink(c)) {
      return wireFailure(c, 403, 'forbidden', 'Requests from other sites are not answered.');
    }
    return next();
  };
}

/** A picture or film that a person opens from a link elsewhere, a chat say: in a window of its own, where no page sees it. */
function isFollowedLink(c: Context): boolean {
  return (
    c.req.path.startsWith('/media/') &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document'
  );
}
