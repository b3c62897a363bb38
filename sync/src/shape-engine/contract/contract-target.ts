/** Targets of the contract suite: always the embedded engine, plus a real Electric if the environment names one. */
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import postgres, { type Sql } from 'postgres';
import { z } from 'zod';
import { startEngine } from '../testing/test-engine.ts';

export interface ContractTarget extends AsyncDisposable {
  readonly name: 'engine' | 'electric';
  /** URL of its `/v1/shape`. */
  readonly url: string;
  /** The database it follows. */
  readonly sql: Sql;
  /** Parameters that every request needs. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Milliseconds for which a live request waits for news. */
  readonly longPollMs: number;
  /**
   * Creates a database object that is dropped at the end: `create('TABLE items', '(id int PRIMARY KEY)')`.
   *
   * @param dropped the object's name for DROP, where it differs from `what`.
   */
  create(what: string, definition?: string, dropped?: string): Promise<void>;
}

export interface TargetKind {
  readonly name: ContractTarget['name'];
  start(): ContractTarget | Promise<ContractTarget>;
}

/** The engine's limits; Electric uses its own 20 s, 60 s and 21 s, so tests that wait for them take longer there. */
const LONG_POLL_MS = 3000;
const EVENT_STREAM_MS = 4000;
const KEEP_ALIVE_MS = 1500;

const environment = z.object({
  /** Such as http://127.0.0.1:3000. */
  ELECTRIC_URL: z.url().optional(),
  /** The database that Electric follows; its tables must not share names with those of the tests. */
  ELECTRIC_DATABASE_URL: z.string().optional(),
  ELECTRIC_SECRET: z.string().optional(),
});
const { ELECTRIC_URL, ELECTRIC_DATABASE_URL, ELECTRIC_SECRET } = environment.parse(process.env);

export const targets: readonly TargetKind[] = [
  { name: 'engine', start: startEmbedded },
  ...(ELECTRIC_URL && ELECTRIC_DATABASE_URL
    ? [{ name: 'electric' as const, start: () => connectElectric(ELECTRIC_URL, ELECTRIC_DATABASE_URL) }]
    : []),
];

async function startEmbedded(): Promise<ContractTarget> {
  const database = await createTestDatabase({ migrated: false });
  const limits = { longPollMs: LONG_POLL_MS, eventStreamMs: EVENT_STREAM_MS, keepAliveMs: KEEP_ALIVE_MS, checkMs: 200 };
  const engine = await startEngine({ databaseUrl: database.url, limits });
  const { sql } = database;
  return {
    name: 'engine',
    url: engine.url,
    sql,
    credentials: {},
    longPollMs: LONG_POLL_MS,
    async create(what, definition = '') {
      await sql.unsafe(`CREATE ${what} ${definition}`);
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

function connectElectric(url: string, databaseUrl: string): ContractTarget {
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
  const made: string[] = [];
  return {
    name: 'electric',
    url: new URL('/v1/shape', url).href,
    sql,
    credentials: ELECTRIC_SECRET ? { secret: ELECTRIC_SECRET } : {},
    longPollMs: 20_000,
    async create(what, definition = '', dropped = what) {
      await sql.unsafe(`CREATE ${what} ${definition}`);
      made.push(dropped);
    },
    async [Symbol.asyncDispose]() {
      for (const what of made.toReversed()) await sql.unsafe(`DROP ${what} CASCADE`);
      await sql.end();
    },
  };
}
