/** Waits, but not beyond the end of what it waits for. */

export interface Pause {
  /** When it is over, by time, by {@link end}, or because the signal aborts. */
  readonly over: Promise<void>;
  end(): void;
}

export function beginPause(milliseconds: number, signal: AbortSignal): Pause {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  function end(): void {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve();
  }
  return { over, end };
}
