/**
 * Decides who may use a server without accounts: pages and tools on this machine. A page elsewhere can point its own name
 * at 127.0.0.1 (shown by the Host header), post across origins (shown by Origin), or fetch an address without reading the
 * answer, for example as a picture (shown by Sec-Fetch-Site).
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
    // `none`: the address was typed. Another port of this machine is `same-site`, and foreign to this server.
    const site = c.req.header('sec-fetch-site');
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (isForeign && /^\/(api|media)(\/|$)/.test(c.req.path) && !isFollowedLink(c)) {
      return wireFailure(c, 403, 'forbidden', 'Requests from other sites are not answered.');
    }
    return next();
  };
}

/** Allows a picture or video opened from a link elsewhere, such as a chat: it opens in its own window, where no page can read it. */
function isFollowedLink(c: Context): boolean {
  return (
    c.req.path.startsWith('/media/') &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document'
  );
}
