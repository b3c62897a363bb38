/** Opens the palette, as Ctrl K does from anywhere. */
import { runShortcut } from '../shortcuts/create-shortcuts.ts';
import { Icon } from './icon.tsx';
import styles from './search-link.module.css';

export function SearchLink() {
  return (
    <button
      type="button"
      class={styles['jump']}
      title="Search or jump (Ctrl K)"
      aria-haspopup="dialog"
      onClick={() => runShortcut('palette')}
    >
      <Icon name="search" size={14} />
      <span>Search or jump…</span>
      <kbd>Ctrl K</kbd>
    </button>
  );
}
