/** A run as shown while it is followed. */
import type { RunHold, RunStatus } from '@ingesthub/schema/library/vocabulary.ts';

/** One kind of work on the package's assets. */
interface WorkCount {
  readonly kind: string;
  readonly done: number;
  readonly failed: number;
  /** Assets that need it, known once they are probed; the number may grow. */
  readonly total: number;
}

export interface RunView {
  readonly run: string;
  /** The package's name. */
  readonly package: string;
  readonly status: RunStatus;
  readonly held: RunHold | null;
  readonly filesFound: number;
  readonly assetsRegistered: number;
  readonly assetsFailed: number;
  readonly work: readonly WorkCount[];
  /** Why nothing moves; null: work proceeds, or may. */
  readonly waitsFor: string | null;
  /** Milliseconds of a monotonic clock. */
  readonly at: number;
}
