/** Does one piece of work again and again on request, at most once per frame and never twice at a time. */

export interface Rerun {
  /** Asks for a run; requests until it begins are one. A request during a run leads to one more run after it. */
  request(): void;
  /** No run begins after this. */
  dispose(): void;
}

/**
 * The first run begins at once, later ones with the next frame.
 *
 * @param run one run; it handles its own errors.
 * @param nextFrame calls back once before the next frame is painted; returns what cancels that.
 */
export function makeRerun(run: () => Promise<void>, nextFrame: (callback: () => void) => () => void): Rerun {
  let wanted = false;
  let running = false;
  let disposed = false;
  let ranBefore = false;
  let cancelFrame: (() => void) | null = null;

  function schedule(): void {
    if (running || cancelFrame || disposed) return;
    if (ranBefore) cancelFrame = nextFrame(begin);
    else begin();
  }

  function begin(): void {
    cancelFrame = null;
    wanted = false;
    running = true;
    ranBefore = true;
    void run().finally(() => {
      running = false;
      if (wanted) schedule();
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
