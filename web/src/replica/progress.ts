/** Which of the shapes that are followed are behind the server. */

export interface Progress {
  /** Whether none is behind. */
  readonly current: boolean;
  /** Whether it has been behind for more than a moment: most catch up before anybody could read it. */
  isLate(reference: string): boolean;
  fellBehind(reference: string): void;
  /** Also one that is followed no more. */
  caughtUp(reference: string): void;
}

export interface ProgressOptions {
  /** A shape is late, or not late any more. */
  readonly onLate: () => void;
  /** None is behind now. */
  readonly onCaughtUp: () => void;
  readonly signal: AbortSignal;
}

const MOMENT_MS = 1_000;

export function createProgress({ onLate, onCaughtUp, signal }: ProgressOptions): Progress {
  const behind = new Map<string, ReturnType<typeof setTimeout>>();
  const late = new Set<string>();
  signal.addEventListener(
    'abort',
    () => {
      for (const timer of behind.values()) clearTimeout(timer);
    },
    { once: true },
  );

  return {
    get current() {
      return behind.size === 0;
    },
    isLate: (reference) => late.has(reference),
    fellBehind(reference) {
      if (behind.has(reference) || signal.aborted) return;
      const timer = setTimeout(() => {
        late.add(reference);
        onLate();
      }, MOMENT_MS);
      behind.set(reference, timer);
    },
    caughtUp(reference) {
      if (!behind.has(reference)) return;
      clearTimeout(behind.get(reference));
      behind.delete(reference);
      if (late.delete(reference)) onLate();
      if (behind.size === 0) onCaughtUp();
    },
  };
}
