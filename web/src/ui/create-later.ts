/** Parts that no page shows at first: their programs are fetched a little after the start. */
import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';

/** Milliseconds that the start page has the network and the processor for itself. */
const AFTER_MS = 1500;

/** Returns a part once its program is there; null before. Without a network, the service worker has the program. */
export function createLater<Part>(fetch: () => Promise<Part>): {
  readonly part: Accessor<{ readonly it: Part } | null>;
  /** Fetches the program now, if it is not there yet. */
  want(): void;
} {
  const [part, setPart] = createSignal<{ readonly it: Part } | null>(null);
  let asked = false;
  function want(): void {
    if (asked) return;
    asked = true;
    fetch().then(
      (it) => setPart({ it }),
      // The next wish tries again: a server that restarts answers later.
      () => {
        asked = false;
      },
    );
  }
  onMount(() => {
    const timer = setTimeout(want, AFTER_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return { part, want };
}
