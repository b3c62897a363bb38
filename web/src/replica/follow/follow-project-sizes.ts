/** Fetches the sizes of the projects, and refreshes them now and then: `GET /api/project-sizes`. */
import { type ProjectSize, projectSizesAnswer } from '@ingesthub/schema/replica/working-set.ts';
import type { Connection } from '../network/connection.ts';
import { beginPause } from '../network/pause.ts';

export interface FollowProjectSizesOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly onSizes: (sizes: readonly ProjectSize[]) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

const REFRESH_MS = 10 * 60_000;

/** Resolves when the signal aborts. */
export async function followProjectSizes(options: FollowProjectSizesOptions): Promise<void> {
  const { connection, signal } = options;
  for (let attempt = 0; !signal.aborted; ) {
    const sizes = await ask();
    if (sizes === null) {
      await connection.beforeRetry(attempt++, signal);
      continue;
    }
    attempt = 0;
    await options.onSizes(sizes).catch(options.onProblem);
    await beginPause(REFRESH_MS, signal).over;
  }

  /** Returns null when the server cannot answer now. */
  async function ask(): Promise<readonly ProjectSize[] | null> {
    const { fetch } = options;
    try {
      const response = await fetch(`${options.server}/api/project-sizes`, { signal });
      // A proxy may answer in the server's place.
      return response.ok ? projectSizesAnswer.parse(await response.json()).projects : null;
    } catch {
      return null;
    }
  }
}
