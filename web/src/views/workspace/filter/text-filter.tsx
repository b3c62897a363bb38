/** The filter field for a part of the name or path; `/` focuses it. */
import { onCleanup } from 'solid-js';
import { createShortcuts } from '../../../shortcuts/create-shortcuts.ts';
import { Icon } from '../../../ui/icon.tsx';
import styles from './text-filter.module.css';

/** Below the 50 ms that people perceive as instant. */
const TYPING_PAUSE_MS = 40;

export function TextFilter(props: { text: string; onText: (text: string) => void }) {
  let field!: HTMLInputElement;
  let pause: ReturnType<typeof setTimeout> | undefined;
  function tell(): void {
    clearTimeout(pause);
    if (field.value !== props.text) props.onText(field.value);
  }
  createShortcuts({ filter: () => field.select() });
  onCleanup(() => clearTimeout(pause));
  return (
    <label class={styles['text']}>
      <span class="visually-hidden">Name or path contains</span>
      <Icon name="search" size={14} />
      <input
        ref={field}
        class="field"
        type="search"
        placeholder="Name or path  /"
        spellcheck={false}
        value={props.text}
        onInput={() => {
          clearTimeout(pause);
          pause = setTimeout(tell, TYPING_PAUSE_MS);
        }}
        // Leaving the field ends typing.
        onChange={tell}
      />
    </label>
  );
}
