/** What every job's handler works with. */
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { MediaContext } from '../media/media-source.ts';
import type { Sql } from '../sql/client.ts';
import type { RunProgress } from './run-progress.ts';

export interface WorkerContext extends MediaContext {
  readonly sql: Sql;
  readonly boss: PgBoss;
  readonly log: Logger;
  readonly progress: RunProgress;
  /** Absolute, symlinks resolved. */
  readonly mediaRoots: readonly string[];
}
