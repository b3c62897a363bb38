/** Asks the browser for persistent storage at a moment when the request makes sense to the person. */
import type { Replica } from '../model/replica.ts';

/**
 * Requests persistent storage on the first change, which for a while exists only on this device, and when a
 * project is pinned. Browsers that ask the person then do so at that moment and not on a first visit. Other
 * browsers decide by how much the app is used. Settings show the result.
 */
export function persistOnChange(replica: Replica): Replica {
  let asked = false;
  function ask(): void {
    if (asked) return;
    asked = true;
    askToPersist();
  }
  return {
    ...replica,
    mutate(...mutation) {
      ask();
      return replica.mutate(...mutation);
    },
    chooseProject(...choice) {
      ask();
      return replica.chooseProject(...choice);
    },
  };
}

/** Requests persistent storage without waiting: everything works either way. Insecure origins lack the API. */
export function askToPersist(): void {
  void navigator.storage?.persist?.();
}
