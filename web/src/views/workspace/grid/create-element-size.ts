/** The inner size of an element in pixels, without its scroll bars. */
import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @param element read once the owner is mounted. */
export function createElementSize(element: () => HTMLElement): Accessor<Size> {
  const [size, setSize] = createSignal<Size>({ width: 0, height: 0 });
  onMount(() => {
    const observer = new ResizeObserver(() =>
      setSize({ width: element().clientWidth, height: element().clientHeight }),
    );
    observer.observe(element());
    onCleanup(() => observer.disconnect());
  });
  return size;
}
