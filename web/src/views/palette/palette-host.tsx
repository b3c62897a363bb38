/** Opens the palette by its key from every page, and notes which things are opened, which it offers first. */
import { useLocation } from '@solidjs/router';
import { createEffect, createSignal, lazy, on, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { noteOpened } from '../search/recent-things.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** Milliseconds after which its program is fetched, so that its first opening does not wait. */
const FETCH_AHEAD_MS = 1500;

export function PaletteHost() {
  const location = useLocation();
  const [open, setOpen] = createSignal(false);
  const [used, setUsed] = createSignal(false);
  createShortcuts({
    palette: () => {
      setUsed(true);
      setOpen(true);
    },
  });
  createEffect(on(() => location.pathname, noteOpened));
  onMount(() => {
    const timer = setTimeout(() => void Palette.preload().catch(() => undefined), FETCH_AHEAD_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show when={used()}>
      <Suspense>
        <Palette open={open()} onClose={() => setOpen(false)} />
      </Suspense>
    </Show>
  );
}
