/** Reports changes below a folder from the operating system: sooner than polling, but never instead of it. */
import { watch } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Time between two reports, since copies write often. */
const PAUSE_MS = 1000;

/** Watches until the signal aborts; when that is impossible, logs it and leaves the root to polling. */
export function watchNatively(
  folder: string,
  { signal, log, onChange }: { signal: AbortSignal; log: Logger; onChange: () => void },
): void {
  const follow = async () => {
    for await (const _change of watch(folder, { recursive: true, signal })) {
      onChange();
      await delay(PAUSE_MS, undefined, { signal });
    }
  };
  follow().catch((error: unknown) => {
    if (!signal.aborted) log.warn({ event: 'native watching ended', root: folder, err: error });
  });
}
