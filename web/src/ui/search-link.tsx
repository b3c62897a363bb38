/** Opens the search page, by click or with Ctrl K from anywhere. */
import { A, useNavigate } from '@solidjs/router';
import { createShortcuts } from '../shortcuts/create-shortcuts.ts';
import { Icon } from './icon.tsx';
import styles from './search-link.module.css';

export function SearchLink() {
  const navigate = useNavigate();
  createShortcuts({ palette: () => navigate('/search') });
  return (
    <A class={styles['jump'] ?? ''} href="/search" title="Search or jump (Ctrl K)" aria-label="Search or jump">
      <Icon name="search" size={14} />
      <span>Search or jump…</span>
      <kbd>Ctrl K</kbd>
    </A>
  );
}
