/** Repeats one piece of work on request, at most once per frame and never twice at the same time. */

export interface Rerun {
  /** Requests a run. Requests before it begins are merged; a request during a run leads to one more run after it. */
  request(): void;
  /** No run begins after this. */
  dispose(): void;
}

/**
 * Begins a run at once, or with the next frame when a run has already begun in this frame.
 *
 * @param run does the work once and handles its own errors.
 * @param nextFrame calls back once before the next frame is painted; returns a function that cancels the call.
 */
export function makeRerun(run: () => Promise<void>, nextFrame: (callback: () => void) => () => void): Rerun {
  let wanted = false;
  let running = false;
  let disposed = false;
  /** Set until the end of the frame in which a run began. */
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
