/** Waiting for what is reactive. */
import { createComputed, createRoot } from 'solid-js';

/** Resolves when the condition holds, which may be now. */
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
