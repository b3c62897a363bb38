/** `GET /api/health`: what runs, and which part is down. */
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { readImage } from '../replica-image/stored-images.ts';
import type { ShapeSource } from '../shape-source.ts';

/** An ingestor says that it is alive every 5 s. */
const INGESTOR_SILENCE = '20 seconds';

export interface HealthRouteOptions {
  readonly sql: Sql;
  readonly source: ShapeSource;
  readonly version: string;
  readonly replicaImageFolder: string;
}

export function healthRoute({ sql, source, version, replicaImageFolder }: HealthRouteOptions): Hono {
  const route = new Hono();
  route.get('/', async (c) => {
    const [database, electric, image] = await Promise.all([
      databaseHealth(sql),
      source.health(),
      readImage(replicaImageFolder),
    ]);
    const notUp = [database.postgres, electric, database.ingestor].filter(({ status }) => status !== 'active');
    const problems = notUp.flatMap(({ problem }) => problem ?? []);
    const body = {
      status: problems.length === 0 ? 'ok' : 'down',
      version,
      ...(problems.length > 0 && { reason: problems.join(' ') }),
      postgres: database.postgres,
      electric,
      ingestor: database.ingestor,
      // A small library has none, and needs none.
      replica_image: image && { built_at: image.builtAt, bytes: image.uncompressedBytes },
    };
    return c.json(body, problems.length === 0 ? 200 : 503, { 'cache-control': 'no-store' });
  });
  return route;
}

interface DatabaseHealth {
  postgres: { status: 'active' | 'down'; version: string | null; problem: string | null };
  /** One that waits, for space on its disk say, is active and has a problem all the same. */
  ingestor: { status: 'active' | 'down'; hosts: string[]; problem: string | null };
}

async function databaseHealth(sql: Sql): Promise<DatabaseHealth> {
  try {
    const [{ version } = { version: null }] = await sql<{ version: string | null }[]>`
      SELECT current_setting('server_version') AS version`;
    const alive = await sql<{ host: string; problem: string | null }[]>`
      SELECT host, problem FROM ingestors WHERE seen_at > now() - ${INGESTOR_SILENCE}::interval ORDER BY host`;
    const hosts = alive.map((row) => row.host);
    const waiting = alive.flatMap(({ host, problem }) => (problem === null ? [] : `${host}: ${problem}`));
    return {
      postgres: { status: 'active', version, problem: null },
      ingestor:
        hosts.length > 0
          ? { status: 'active', hosts, problem: waiting.join(' ') || null }
          : { status: 'down', hosts, problem: 'No ingestor is running: start one with “npm run -s ihub -- daemon”.' },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message || error.constructor.name : String(error);
    return {
      postgres: { status: 'down', version: null, problem: `Postgres does not answer: ${message}.` },
      ingestor: { status: 'down', hosts: [], problem: null },
    };
  }
}
