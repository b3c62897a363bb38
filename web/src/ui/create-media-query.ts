import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Returns a signal that says whether a media query holds. */
export function createMediaQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [holds, setHolds] = createSignal(list.matches);
  const onChange = () => setHolds(list.matches);
  list.addEventListener('change', onChange);
  onCleanup(() => list.removeEventListener('change', onChange));
  return holds;
}
