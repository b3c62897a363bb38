/** Waits for a reactive condition. */
import { createComputed, createRoot } from 'solid-js';

/** Resolves as soon as the condition holds, possibly at once. */
export function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createComputed(() => {
        if (!condition()) return;
        resolve();
        queueMicrotask(dispose);
      });
    });
  });
}
