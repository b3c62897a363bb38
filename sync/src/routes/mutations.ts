/** `POST /api/mutations`: receives the changes in a client's outbox. */
import type { DatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import type { MutationResult } from '@ingesthub/schema/mutations/mutations.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import { wireFailure } from '../http/wire-failure.ts';
import { applyMutation } from '../mutators/apply-mutation.ts';
import { createRequestChecker } from '../mutators/request-checker.ts';
import { type KnownScopes, NO_SCOPE } from '../shapes/known-scopes.ts';

/** Bytes; a hundred thousand ids take four million. */
const MAX_BODY = 16 * 1024 * 1024;

export interface MutationsRouteOptions {
  readonly sql: Sql;
  readonly scopes: KnownScopes;
  readonly log: Logger;
  readonly disk: DatabaseDisk;
  /** The person behind the requests, by the name kept in the history. */
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
      // Any page can post a form or a text/plain body; JSON requires the same origin.
      if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
        return wireFailure(c, 415, 'invalid_arguments', 'Send JSON, with content-type application/json.');
      }
      const checked = await checker.check(await c.req.arrayBuffer()).catch((error: unknown) => {
        log.error({ err: error }, 'could not check a request');
        return null;
      });
      if (checked === null)
        return wireFailure(c, 503, 'unavailable', 'The server is busy with large requests. Send this one again.');
      if ('status' in checked) return wireFailure(c, checked.status, checked.code, checked.message);
      const { client } = checked;
      if (client === NO_SCOPE) return wireFailure(c, 400, 'invalid_arguments', 'The client id is not valid.');

      // Changes stop while Postgres still has room to end cleanly; they wait at their client.
      const full = await disk.problem();
      if (full !== null) return wireFailure(c, 503, 'unavailable', full);

      const results: MutationResult[] = [];
      for (const sent of checked.mutations) {
        try {
          results.push(await applyMutation({ sql, client, actor }, sent));
          scopes.arrived(client);
        } catch (error) {
          // The mutations before it are settled: the whole request can safely be sent again.
          log.error({ err: error, mutation: sent.id, name: sent.name }, 'could not apply a mutation');
          return wireFailure(c, 503, 'unavailable', 'The database did not accept this change. Send it again.');
        }
      }
      return c.json({ results });
    },
  );
  return route;
}
