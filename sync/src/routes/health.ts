/** `GET /api/health`: the state of each part, and which part is down. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { readImage } from '../replica-image/stored-images.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';

/** Longer than an ingestor's heartbeat, which comes every 5 s. */
const INGESTOR_SILENCE = '20 seconds';
const DATABASE_PATIENCE_MS = 5_000;

export interface HealthRouteOptions {
  readonly sql: Sql;
  readonly source: ShapeSource;
  readonly disk: DatabaseDisk;
  readonly version: string;
  readonly replicaImageFolder: string;
}

export function healthRoute({ sql, source, disk, version, replicaImageFolder }: HealthRouteOptions): Hono {
  const route = new Hono();
  route.get('/', async (c) => {
    const [database, electric, image, full] = await Promise.all([
      databaseHealth(sql),
      source.health(),
      readImage(replicaImageFolder),
      disk.problem(),
    ]);
    const warnings = [
      ...(full === null ? [] : [full]),
      ...(database.ingestor.status === 'active' ? [database.ingestor.problem] : []),
      ...database.media_roots.map(({ host, path, problem }) => problem && `${path} on ${host}: ${problem}`),
    ].filter((sentence) => sentence !== null);
    const notUp = [database.postgres, electric, database.ingestor].filter(({ status }) => status !== 'active');
    const problems = notUp.flatMap(({ problem }) => problem ?? []);
    const body = {
      status: problems.length === 0 ? 'ok' : 'down',
      version,
      ...(problems.length > 0 && { reason: problems.join(' ') }),
      // Parts that work, but with a problem.
      ...(warnings.length > 0 && { warnings }),
      postgres: database.postgres,
      electric,
      ingestor: database.ingestor,
      media_roots: database.media_roots,
      // A small library has no image and needs none.
      replica_image: image && { built_at: image.builtAt, bytes: image.uncompressedBytes },
    };
    return c.json(body, problems.length === 0 ? 200 : 503, { 'cache-control': 'no-store' });
  });
  return route;
}

interface DatabaseHealth {
  postgres: { status: 'active' | 'down'; version: string | null; problem: string | null };
  /** An ingestor that waits, for example for disk space, counts as active and still reports its problem. */
  ingestor: { status: 'active' | 'down'; hosts: string[]; problem: string | null };
  /** Roots of the active ingestors. A root with a problem is not watched: it may not be mounted. */
  media_roots: { host: string; path: string; problem: string | null }[];
}

/** Always answers within a time limit: a monitor treats silence as an outage. */
async function databaseHealth(sql: Sql): Promise<DatabaseHealth> {
  const over = new AbortController();
  const late = delay(DATABASE_PATIENCE_MS, null, { signal: over.signal }).catch(() => null);
  const answer = await Promise.race([askDatabase(sql), late]);
  over.abort();
  return answer ?? down(`no reply within ${DATABASE_PATIENCE_MS / 1000} s`);
}

async function askDatabase(sql: Sql): Promise<DatabaseHealth> {
  try {
    const [{ version } = { version: null }] = await sql<{ version: string | null }[]>`
      SELECT current_setting('server_version') AS version`;
    const alive = await sql<{ host: string; problem: string | null }[]>`
      SELECT host, problem FROM ingestors WHERE seen_at > now() - ${INGESTOR_SILENCE}::interval ORDER BY host`;
    const roots = await sql<DatabaseHealth['media_roots']>`
      SELECT media_roots.host, path, media_roots.problem FROM media_roots
      JOIN ingestors ON ingestors.host = media_roots.host AND path = ANY (ingestors.media_roots)
      WHERE ingestors.seen_at > now() - ${INGESTOR_SILENCE}::interval ORDER BY media_roots.host, path`;
    const hosts = alive.map((row) => row.host);
    const waiting = alive.flatMap(({ host, problem }) => (problem === null ? [] : `${host}: ${problem}`));
    return {
      postgres: { status: 'active', version, problem: null },
      media_roots: [...roots],
      ingestor:
        hosts.length > 0
          ? { status: 'active', hosts, problem: waiting.join(' ') || null }
          : { status: 'down', hosts, problem: 'No ingestor is running. Start one with “npm run -s ihub -- daemon”.' },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message || error.constructor.name : String(error);
    return down(message);
  }
}

function down(why: string): DatabaseHealth {
  return {
    postgres: { status: 'down', version: null, problem: `Postgres does not answer: ${why}.` },
    ingestor: { status: 'down', hosts: [], problem: null },
    media_roots: [],
  };
}
