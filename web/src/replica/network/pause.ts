/** A wait that ends early when its owner aborts. */

export interface Pause {
  /** Resolves after the time, on {@link end}, or when the signal aborts. */
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
