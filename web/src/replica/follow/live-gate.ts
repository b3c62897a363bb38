/**
 * Holds a shape's live requests until there is something to fetch, so that they do not occupy connections:
 * browsers allow six per origin, and the pictures need them.
 */
import type { Offset } from '@electric-sql/client';

export interface ShapePosition {
  readonly handle: string;
  readonly offset: Offset;
}

export interface LiveGate {
  /** Records the position of the shape's end, as the doorbell reports it. */
  ring(reference: string, position: ShapePosition): void;
  /** Lets the shape's next live request through unconditionally. */
  nudge(reference: string): void;
  /** Lets all held requests through, for use while the doorbell is silent. */
  nudgeHeld(): void;
  /** Resolves when a reader at this position should fetch; at once when the signal aborts. */
  hold(reference: string, position: ShapePosition, signal: AbortSignal): Promise<void>;
}

export function createLiveGate(): LiveGate {
  /** The latest ring of each shape, until a request has been let through for it. */
  const rung = new Map<string, ShapePosition>();
  const nudged = new Set<string>();
  const held = new Map<string, { position: ShapePosition; release: () => void }>();

  function mayPass(reference: string, position: ShapePosition): boolean {
    const ring = rung.get(reference);
    // Used up either way: a ring behind the reader would otherwise let it through again and again.
    rung.delete(reference);
    const moved = ring !== undefined && (ring.handle !== position.handle || ring.offset !== position.offset);
    return nudged.delete(reference) || moved;
  }

  function tryRelease(reference: string): void {
    const waiting = held.get(reference);
    if (waiting && mayPass(reference, waiting.position)) waiting.release();
  }

  return {
    ring(reference, position) {
      rung.set(reference, position);
      tryRelease(reference);
    },
    nudge(reference) {
      nudged.add(reference);
      tryRelease(reference);
    },
    nudgeHeld() {
      for (const { release } of [...held.values()]) release();
    },
    hold(reference, position, signal) {
      if (signal.aborted || mayPass(reference, position)) return Promise.resolve();
      return new Promise((resolve) => {
        const release = () => {
          held.delete(reference);
          signal.removeEventListener('abort', release);
          resolve();
        };
        held.set(reference, { position, release });
        signal.addEventListener('abort', release, { once: true });
      });
    },
  };
}
