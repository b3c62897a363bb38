/** Tracks which followed shapes are behind the server. */

export interface Progress {
  /** Whether no shape is behind. */
  readonly current: boolean;
  /** Whether a shape has been behind for more than a moment: most catch up before a person could notice. */
  isLate(reference: string): boolean;
  fellBehind(reference: string): void;
  /** Also called for a shape that is no longer followed. */
  caughtUp(reference: string): void;
}

export interface ProgressOptions {
  /** A shape has become late, or is no longer late. */
  readonly onLate: () => void;
  /** The last shape that was behind has caught up. */
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
