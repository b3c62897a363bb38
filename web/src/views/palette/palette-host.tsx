/** Opens the palette by its key from every page, and notes which things are opened, which it offers first. */
import { useLocation } from '@solidjs/router';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { createLater } from '../../ui/create-later.ts';
import { noteOpened } from '../search/recent-things.ts';

export function PaletteHost() {
  const location = useLocation();
  const [open, setOpen] = createSignal(false);
  const [used, setUsed] = createSignal(false);
  const later = createLater(async () => (await import('./palette.tsx')).Palette);
  createShortcuts({
    palette: () => {
      later.want();
      setUsed(true);
      setOpen(true);
    },
  });
  createEffect(on(() => location.pathname, noteOpened));
  return (
    <Show when={used() && later.part()}>
      {(loaded) => {
        const { it: Palette } = loaded();
        return <Palette open={open()} onClose={() => setOpen(false)} />;
      }}
    </Show>
  );
}
