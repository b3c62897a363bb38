/** The engine's connections to Postgres. */
import postgres, { type Sql } from 'postgres';

/** Text formats of values, fixed so that snapshot and log agree whatever the server's settings. */
const TEXT_FORMATS = {
  DateStyle: 'ISO, DMY',
  IntervalStyle: 'iso_8601',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
} as const;

/** Longest wait for each open transaction when a slot is created: Postgres lets all of them end first. */
const SLOT_TIMEOUT_MS = 60_000;

export const LOCK_NOT_AVAILABLE = '55P03';

export function connect(url: string, options: { max: number; replication?: boolean }): Sql {
  return postgres(url, {
    max: options.max,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    ...(options.replication ? { idle_timeout: 0, max_lifetime: null } : { idle_timeout: 60 }),
    connection: {
      application_name: 'ingesthub shapes',
      ...TEXT_FORMATS,
      ...(options.replication
        ? { replication: 'database', lock_timeout: SLOT_TIMEOUT_MS }
        : { synchronous_commit: 'local' }),
    },
  });
}

/** SQLSTATE classes of errors that every retry would repeat: unsupported features, wrong values or names, too complex. */
const LASTING = /^(0A|22|42|54)/;
/** Codes that an administrator or a running schema change may resolve while the reader waits. */
const PASSING: ReadonlySet<string> = new Set(['42501', '42703', '42704', '42P01']);

/** True for a Postgres error that every retry of the request would repeat. */
export function isLasting(error: unknown): boolean {
  return error instanceof postgres.PostgresError && LASTING.test(error.code) && !PASSING.has(error.code);
}

/** True for a Postgres error with one of the SQLSTATE codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof postgres.PostgresError && codes.includes(error.code);
}
