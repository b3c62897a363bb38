/** The services that every job's handler uses. */
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { AutoAcceptRule } from '../../analyze/auto-accept.ts';
import type { ProposeOptions } from '../../analyze/propose-folder.ts';
import type { DerivativeQuota } from '../../derivatives/derivative-quota.ts';
import type { MediaContext } from '../../media/tools/media-source.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { MediaRoot } from '../../roots/media-root.ts';
import type { RootPulses } from '../../roots/root-pulse.ts';
import type { Sql } from '../../sql/client.ts';
import type { HostHealth } from './host-health.ts';
import type { RunProgress } from './run-progress.ts';
import type { WorkInProgress } from './work-in-progress.ts';

export interface WorkerContext extends MediaContext {
  readonly sql: Sql;
  readonly boss: PgBoss;
  readonly log: Logger;
  readonly progress: RunProgress;
  readonly health: HostHealth;
  readonly inProgress: WorkInProgress;
  readonly quota: DerivativeQuota;
  readonly metrics: Metrics;
  /** The machine's name, independent of the ingestor's name. */
  readonly machine: string;
  /** Absolute; null when nothing is linked. */
  readonly datasetsRoot: string | null;
  readonly analysis: {
    /** Whether and how a model is asked about deliveries. */
    readonly model: ProposeOptions['model'];
    readonly autoAccept: readonly AutoAcceptRule[];
  };
  readonly roots: readonly MediaRoot[];
  readonly pulses: RootPulses;
  /** Paths of the media roots. */
  readonly mediaRoots: readonly string[];
}
