/** Does one piece of work again and again on request, at most once per frame and never twice at a time. */

export interface Rerun {
  /** Asks for a run; requests until it begins are one. A request during a run leads to one more run after it. */
  request(): void;
  /** No run begins after this. */
  dispose(): void;
}

/**
 * A run begins at once, or with the next frame when one has begun in this one.
 *
 * @param run one run; it handles its own errors.
 * @param nextFrame calls back once before the next frame is painted; returns what cancels that.
 */
export function makeRerun(run: () => Promise<void>, nextFrame: (callback: () => void) => () => void): Rerun {
  let wanted = false;
  let running = false;
  let disposed = false;
  /** Set as long as the frame lasts in which a run began. */
  let cancelFrame: (() => void) | null = null;

  function schedule(): void {
    if (wanted && !running && !cancelFrame && !disposed) begin();
  }

  function begin(): void {
    wanted = false;
    running = true;
    cancelFrame = nextFrame(() => {
      cancelFrame = null;
      schedule();
    });
    void run().finally(() => {
      running = false;
      schedule();
    });
  }

  return {
    request() {
      wanted = true;
      schedule();
    },
    dispose() {
      disposed = true;
      cancelFrame?.();
    },
  };
}

export function nextAnimationFrame(callback: () => void): () => void {
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
}
