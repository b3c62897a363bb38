/**
 * Gathers batches that several shapes deliver at about the same time into one transaction: a commit on the
 * server that touches several tables moves several shapes, and a reader should see all of it at once. A batch therefore
 * waits for every shape that may have another part of its commit: one that was let through, and one whose batch is being
 * applied, until its next request shows whether more was announced.
 */
import { referenceText, type ShapeBatch } from '../model/shape-batch.ts';

export interface Rounds {
  /** The shape was let through to catch up: batches that arrive from now on wait for it. */
  begin(reference: string): void;
  /** The shape will not deliver a batch for now: it has everything that was announced, or cannot get it. */
  end(reference: string): void;
  /**
   * Resolves when the batch has been applied, or when its stream has ended.
   *
   * @param until aborts when the batch's stream ends; the batch is not applied then.
   * @throws the error that applying the round threw.
   */
  deliver(batch: ShapeBatch, until: AbortSignal): Promise<void>;
}

/** Milliseconds that a batch waits at most: another shape may have much to deliver, or a slow connection. */
const PATIENCE_MS = 3_000;

interface Waiting {
  readonly batch: ShapeBatch;
  readonly until: AbortSignal;
  /** Shapes that were catching up when the batch arrived. */
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

  function forget(reference: string): void {
    catchingUp.delete(reference);
    for (const { waitsFor } of queue) waitsFor.delete(reference);
  }

  function end(reference: string): void {
    forget(reference);
    void pump();
  }

  async function pump(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      const round = queue.filter(({ waitsFor }) => waitsFor.size === 0);
      if (round.length === 0) break;
      queue = queue.filter(({ waitsFor }) => waitsFor.size > 0);
      const served = round.filter(({ batch, until }) => isWhole(batch) && !until.aborted);
      for (const { batch } of served) catchingUp.add(referenceText(batch));
      try {
        await apply(round.filter(({ until }) => !until.aborted).map(({ batch }) => batch));
        for (const { settle } of round) settle.resolve();
      } catch (error) {
        for (const { batch } of served) forget(referenceText(batch));
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
      // Rows of a first load are shown as they arrive.
      const waitsFor = new Set(isWhole(batch) ? catchingUp : []);
      waitsFor.delete(reference);
      const settle = Promise.withResolvers<void>();
      queue.push({ batch, until, waitsFor, settle });
      const timer = setTimeout(() => {
        waitsFor.clear();
        void pump();
      }, patienceMs);
      if (isWhole(batch)) end(reference);
      else void pump();
      return settle.promise.finally(() => clearTimeout(timer));
    },
  };
}

/** Returns whether the batch completes its shape. */
function isWhole({ upToDateLsn }: ShapeBatch): boolean {
  return upToDateLsn !== null;
}
