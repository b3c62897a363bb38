/** Asks the browser to keep what is stored here, when there is a reason that a person sees. */
import type { Replica } from './replica.ts';

/**
 * The first change that is made here is held by nobody else for a while, and a project that is pinned is
 * wanted here: browsers that ask the person do so then, and not on a first visit. Others decide by
 * themselves, the sooner the more the app is used. Settings say what they decided.
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

/** Not awaited: everything works either way. It is missing where the origin is not secure. */
export function askToPersist(): void {
  void navigator.storage?.persist?.();
}
