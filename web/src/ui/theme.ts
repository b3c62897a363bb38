/** Dark unless light was chosen on this device: pictures are judged against dark grey, whatever the system prefers. */
import { createSignal } from 'solid-js';
import { z } from 'zod';

const KEY = 'theme';
const theme = z.enum(['dark', 'light']);
export type Theme = z.infer<typeof theme>;

const [current, setCurrent] = createSignal<Theme>('dark');

export { current as currentTheme };

function applyTheme(chosen: Theme): void {
  // First, so that whatever draws the theme reads its colours.
  document.documentElement.dataset['theme'] = chosen;
  setCurrent(chosen);
}

/** Call before the first paint. */
export function applyStoredTheme(): void {
  applyTheme(theme.safeParse(localStorage.getItem(KEY)).data ?? 'dark');
}

export function chooseTheme(chosen: Theme): void {
  applyTheme(chosen);
  localStorage.setItem(KEY, chosen);
}
