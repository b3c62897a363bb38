import { For } from 'solid-js';
import { chooseTheme, currentTheme } from '../../ui/theme.ts';
import styles from './settings-page.module.css';

const themes = [
  { theme: 'dark', label: 'Dark', about: 'Pictures are judged against dark grey.' },
  { theme: 'light', label: 'Light', about: 'For a bright room.' },
] as const;

export function AppearanceSettings() {
  return (
    <fieldset class={styles['row']}>
      <legend class="visually-hidden">Theme</legend>
      <div>
        <p class={styles['name']}>Theme</p>
        <p class="faint small">{themes.find(({ theme }) => theme === currentTheme())?.about}</p>
      </div>
      <div class="segmented">
        <For each={themes}>
          {({ theme, label }) => (
            <button type="button" aria-pressed={currentTheme() === theme} onClick={() => chooseTheme(theme)}>
              {label}
            </button>
          )}
        </For>
      </div>
    </fieldset>
  );
}
