/** Connections of the engine to Postgres. */
import postgres, { type Sql } from 'postgres';

/** Text formats of values: the snapshot and the log must write them alike, whatever the server's settings. */
const TEXT_FORMATS = {
  DateStyle: 'ISO, DMY',
  IntervalStyle: 'iso_8601',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
} as const;

/** Making a slot waits for the transactions that are under way to end, each at most so long. */
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

/** Classes of SQLSTATE that say the request cannot be served as it is: no such feature, wrong values or names, too complex. */
const LASTING = /^(0A|22|42|54)/;
/** What an administrator, or a change of the schema that is under way, may mend while the reader waits. */
const PASSING: ReadonlySet<string> = new Set(['42501', '42703', '42704', '42P01']);

/** Whether an error of Postgres would come again however often the request is tried. */
export function isLasting(error: unknown): boolean {
  return error instanceof postgres.PostgresError && LASTING.test(error.code) && !PASSING.has(error.code);
}

/** Whether an error is one of Postgres' with one of the SQLSTATE codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof postgres.PostgresError && codes.includes(error.code);
}
