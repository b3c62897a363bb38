/**
 * Gathers what several shapes bring at about the same time into one transaction: a commit at the
 * server that touches several tables moves several shapes, and a reader should see all of it at once.
 */
import { referenceText, type ShapeBatch } from './shape-batch.ts';

export interface Rounds {
  /** The shape was let through to catch up: batches that arrive from now on wait for it. */
  begin(reference: string): void;
  /** It will not bring anything for now. */
  end(reference: string): void;
  /**
   * Resolves when the batch is applied, or nobody wants it any more.
   *
   * @param until ends its stream: what it brought is not applied then.
   * @throws what the application of its round throws.
   */
  deliver(batch: ShapeBatch, until: AbortSignal): Promise<void>;
}

/** Milliseconds that a batch waits at most: a shape may have much to bring, or a slow way to come. */
const PATIENCE_MS = 3_000;

interface Waiting {
  readonly batch: ShapeBatch;
  readonly until: AbortSignal;
  /** Shapes that were catching up when it arrived. */
  readonly waitsFor: Set<string>;
  readonly settle: PromiseWithResolvers<void>;
}

/** @param apply applies batches together, in their order. */
export function createRounds(
  apply: (batches: readonly ShapeBatch[]) => Promise<void>,
  patienceMs = PATIENCE_MS,
): Rounds {
  const catchingUp = new Set<string>();
  let queue: Waiting[] = [];
  let running = false;

  function end(reference: string): void {
    catchingUp.delete(reference);
    for (const { waitsFor } of queue) waitsFor.delete(reference);
    void pump();
  }

  async function pump(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      const round = queue.filter(({ waitsFor }) => waitsFor.size === 0);
      if (round.length === 0) break;
      queue = queue.filter(({ waitsFor }) => waitsFor.size > 0);
      try {
        await apply(round.filter(({ until }) => !until.aborted).map(({ batch }) => batch));
        for (const { settle } of round) settle.resolve();
      } catch (error) {
        for (const { settle } of round) settle.reject(error);
      }
    }
    running = false;
  }

  return {
    begin: (reference) => {
      catchingUp.add(reference);
    },
    end,
    deliver(batch, until) {
      const reference = referenceText(batch);
      // Rows of a first load are shown as they come.
      const loading = batch.upToDateLsn === null;
      const waitsFor = new Set(loading ? [] : catchingUp);
      waitsFor.delete(reference);
      const settle = Promise.withResolvers<void>();
      queue.push({ batch, until, waitsFor, settle });
      const timer = setTimeout(() => {
        waitsFor.clear();
        void pump();
      }, patienceMs);
      if (!loading) end(reference);
      else void pump();
      return settle.promise.finally(() => clearTimeout(timer));
    },
  };
}
