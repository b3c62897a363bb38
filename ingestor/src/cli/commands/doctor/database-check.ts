/** Checks central Postgres: its version, settings, tables and clock. */
import { migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import type { Sql } from '../../../sql/client.ts';
import { readServerFacts, type ServerFacts } from '../../../sql/server-facts.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

export interface DatabaseFacts extends ServerFacts {
  /** Names of the migrations that this version has and the database lacks. */
  readonly pendingMigrations: readonly string[];
  /** Names of the migrations that only the database has. */
  readonly unknownMigrations: readonly string[];
  /** Seconds by which this host's clock is ahead of Postgres', accurate to the round trip of one query. */
  readonly clockAhead: number;
}

const OLDEST = 160_000;
const SKEW_WARNING = 2;
const SKEW_FAILED = 30;

export async function databaseFacts(sql: Sql): Promise<DatabaseFacts> {
  const before = Date.now();
  const server = await readServerFacts(sql);
  // Postgres read its clock somewhere between the two.
  const here = (before + Date.now()) / 2;
  const known = migrationsFor('server', await readMigrations()).map(({ name }) => name);
  return {
    ...server,
    pendingMigrations: known.filter((name) => !server.migrations.includes(name)),
    unknownMigrations: server.migrations.filter((name) => !known.includes(name)),
    clockAhead: (here - server.now.getTime()) / 1000,
  };
}

export function databaseFindings(facts: DatabaseFacts): Finding[] {
  const { version, versionNumber, walLevel, pendingMigrations, unknownMigrations, clockAhead } = facts;
  const check = 'database';
  const seconds = Math.abs(clockAhead).toFixed(1);
  const skew = `This host's clock is ${seconds} s ${clockAhead > 0 ? 'ahead of' : 'behind'} Postgres'`;
  const clock = 'sync the clocks of both hosts with NTP';
  return [
    versionNumber < OLDEST
      ? failed(check, `Postgres ${version} is too old.`, 'upgrade it to 16 or newer')
      : ok(check, `Postgres ${version} answers`),
    walLevel === 'logical'
      ? ok(check, 'wal_level is logical')
      : failed(
          check,
          `wal_level is ${walLevel}: browsers receive no rows.`,
          'ALTER SYSTEM SET wal_level = logical, then restart Postgres',
        ),
    ...(unknownMigrations.length > 0
      ? [
          failed(
            check,
            `The library was migrated by a newer version: ${unknownMigrations.join(', ')}.`,
            'upgrade IngestHub on this host to that version',
          ),
        ]
      : []),
    pendingMigrations.length > 0
      ? warning(
          check,
          `${pendingMigrations.length} migrations are pending.`,
          'start the server or an ingestor to apply them',
        )
      : ok(check, 'the library matches this version'),
    Math.abs(clockAhead) >= SKEW_FAILED
      ? failed('clock', `${skew}.`, clock)
      : Math.abs(clockAhead) >= SKEW_WARNING
        ? warning('clock', `${skew}.`, clock)
        : ok('clock', `this host and Postgres agree on the time to ${seconds} s`),
  ];
}
