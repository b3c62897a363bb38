/** Watches what a person feels in a page: how long each of their inputs takes to show, and which tasks block the page. */
import type { Page } from 'playwright-core';

export interface Felt {
  /**
   * Milliseconds from each input to the next frame, one for each press or click, as
   * https://w3c.github.io/event-timing/ reports them: rounded to 8 ms, and none below 16 ms.
   */
  readonly interactions: readonly number[];
  /** Milliseconds of each task of 50 ms or more: https://w3c.github.io/longtasks/ */
  readonly longTasks: readonly number[];
}

interface EventEntry extends PerformanceEntry {
  readonly interactionId: number;
}

/** Begins to watch; {@link readFelt} ends it. */
export async function watchSession(page: Page): Promise<void> {
  await page.evaluate(() => {
    const interactions = new Map<number, number>();
    const longTasks: number[] = [];
    const events = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as EventEntry[]) {
        if (entry.interactionId === 0) continue;
        interactions.set(entry.interactionId, Math.max(interactions.get(entry.interactionId) ?? 0, entry.duration));
      }
    });
    events.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    const tasks = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    tasks.observe({ type: 'longtask' });
    Object.assign(globalThis, {
      felt: () => {
        events.disconnect();
        tasks.disconnect();
        return { interactions: [...interactions.values()], longTasks };
      },
    });
  });
}

export function readFelt(page: Page): Promise<Felt> {
  return page.evaluate(() => (globalThis as unknown as { felt: () => Felt }).felt());
}
