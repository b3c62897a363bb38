/** Changes below a folder as the operating system tells of them: sooner than polling, but never instead of it. */
import { watch } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Copies write often: told once for so long. */
const PAUSE_MS = 1000;

/** Watches until the signal aborts; where that cannot be done, the log says so and polling goes on alone. */
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
