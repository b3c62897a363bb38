/**
 * Holds a shape's live requests until there is something to fetch, so that they do not occupy connections:
 * browsers allow six per origin, and the pictures need them. A small change comes with the ring that announces it, and
 * answers the request that is at exactly the position before it.
 */
import type { Offset } from '@electric-sql/client';

export interface ShapePosition {
  readonly handle: string;
  readonly offset: Offset;
}

/** The part of a shape's log that led to a position. */
export interface ShapeTail {
  /** The offset that it follows, under the position's handle. */
  readonly from: Offset;
  /** JSON, as a request at `from` would be answered up to the position. */
  readonly messages: string;
}

export interface Ring {
  readonly reference: string;
  /** The shape's end. */
  readonly position: ShapePosition;
  /** Null when the messages have to be fetched. */
  readonly tail: ShapeTail | null;
}

/** The answer to a held request. */
export interface News {
  readonly offset: Offset;
  readonly messages: string;
}

export interface LiveGate {
  /** Records the positions of shapes that moved together, as the doorbell reports them. */
  ring(rings: readonly Ring[]): void;
  /** Lets the shape's next live request through unconditionally. */
  nudge(reference: string): void;
  /** Lets all held requests through, for use while the doorbell is silent. */
  nudgeHeld(): void;
  /**
   * Resolves when a reader at this position is behind; at once when the signal aborts.
   *
   * @param onHeld called when the reader has to wait: it has everything that was announced.
   * @returns what follows the position; null when it has to be fetched.
   */
  hold(reference: string, position: ShapePosition, signal: AbortSignal, onHeld: () => void): Promise<News | null>;
}

interface Held {
  readonly position: ShapePosition;
  readonly release: (news: News | null) => void;
}

export function createLiveGate(): LiveGate {
  /** The latest ring of each shape, until a request has been let through for it. */
  const rung = new Map<string, Ring>();
  const nudged = new Set<string>();
  const held = new Map<string, Held>();

  /** @returns undefined when a reader at the position has to wait. */
  function passage(reference: string, position: ShapePosition): News | null | undefined {
    const ring = rung.get(reference);
    // Used up either way: a ring behind the reader would otherwise let it through again and again.
    rung.delete(reference);
    // A nudge asks how far the server is now, which an earlier ring cannot say.
    if (nudged.delete(reference)) return null;
    if (ring === undefined) return undefined;
    const { handle, offset } = ring.position;
    if (handle !== position.handle) return null;
    if (offset === position.offset) return undefined;
    return ring.tail?.from === position.offset ? { offset, messages: ring.tail.messages } : null;
  }

  function tryRelease(reference: string): void {
    const waiting = held.get(reference);
    const news = waiting && passage(reference, waiting.position);
    if (news !== undefined) waiting?.release(news);
  }

  return {
    ring(rings) {
      for (const ring of rings) rung.set(ring.reference, ring);
      for (const { reference } of rings) tryRelease(reference);
    },
    nudge(reference) {
      nudged.add(reference);
      tryRelease(reference);
    },
    nudgeHeld() {
      for (const { release } of [...held.values()]) release(null);
    },
    hold(reference, position, signal, onHeld) {
      const news = signal.aborted ? null : passage(reference, position);
      if (news !== undefined) return Promise.resolve(news);
      return new Promise((resolve) => {
        const release = (released: News | null) => {
          held.delete(reference);
          signal.removeEventListener('abort', abandon);
          resolve(released);
        };
        const abandon = () => release(null);
        held.set(reference, { position, release });
        signal.addEventListener('abort', abandon, { once: true });
        onHeld();
      });
    },
  };
}
