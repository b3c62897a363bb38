/** `POST /api/mutations`: what a client's outbox sends. */
import type { DatabaseDisk } from '@ingesthub/schema/database-disk.ts';
import type { MutationResult } from '@ingesthub/schema/mutations.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import { wireFailure } from '../http/wire-failure.ts';
import { applyMutation } from '../mutators/apply-mutation.ts';
import { createRequestChecker } from '../mutators/request-checker.ts';
import { type KnownScopes, NO_SCOPE } from '../shapes/known-scopes.ts';

/** Bytes; a hundred thousand ids are four million. */
const MAX_BODY = 16 * 1024 * 1024;

export interface MutationsRouteOptions {
  readonly sql: Sql;
  readonly scopes: KnownScopes;
  readonly log: Logger;
  readonly disk: DatabaseDisk;
  /** Who is at the other end: the name that the history keeps. */
  readonly actor: string;
}

export function mutationsRoute({ sql, scopes, log, disk, actor }: MutationsRouteOptions): Hono {
  const route = new Hono();
  const checker = createRequestChecker();
  route.post(
    '/',
    bodyLimit({
      maxSize: MAX_BODY,
      onError: (c) => wireFailure(c, 413, 'too_large', 'The request is over 16 MB; send fewer mutations at once.'),
    }),
    async (c) => {
      // A form or a text/plain body can be posted by any page; JSON needs the same origin.
      if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
        return wireFailure(c, 415, 'invalid_arguments', 'Send JSON, with content-type application/json.');
      }
      const checked = await checker.check(await c.req.arrayBuffer()).catch((error: unknown) => {
        log.error({ err: error }, 'a request could not be checked');
        return null;
      });
      if (checked === null)
        return wireFailure(c, 503, 'unavailable', 'The server is busy with large requests; send this one again.');
      if ('status' in checked) return wireFailure(c, checked.status, checked.code, checked.message);
      const { client } = checked;
      if (client === NO_SCOPE) return wireFailure(c, 400, 'invalid_arguments', 'This is no id of a client.');

      // While there is room for Postgres to end well: they wait at their client.
      const full = await disk.problem();
      if (full !== null) return wireFailure(c, 503, 'unavailable', full);

      const results: MutationResult[] = [];
      for (const sent of checked.mutations) {
        try {
          results.push(await applyMutation({ sql, client, actor }, sent));
          scopes.arrived(client);
        } catch (error) {
          // Those before it are settled and stay so: the whole request may simply be sent again.
          log.error({ err: error, mutation: sent.id, name: sent.name }, 'mutation not applied');
          return wireFailure(c, 503, 'unavailable', 'The database did not take this change; send it again.');
        }
      }
      return c.json({ results });
    },
  );
  return route;
}
