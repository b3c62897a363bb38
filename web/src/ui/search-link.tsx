/** Opens the search page, by click or with Ctrl K from anywhere. */
import { A, useNavigate } from '@solidjs/router';
import { createShortcut } from './create-shortcut.ts';
import { Icon } from './icon.tsx';

/** Accepts Cmd K, and Ctrl K except on a Mac, where text fields use it for editing. */
export function isSearchKey(event: KeyboardEvent): boolean {
  const isMac = navigator.platform.startsWith('Mac');
  return (event.metaKey || (event.ctrlKey && !isMac)) && event.key.toLowerCase() === 'k';
}

export function SearchLink() {
  const navigate = useNavigate();
  createShortcut((event) => {
    if (!isSearchKey(event)) return false;
    navigate('/search');
    return true;
  });
  return (
    <A class="button quiet" href="/search" title="Search everything (Ctrl K)">
      <Icon name="search" size={14} /> Search
    </A>
  );
}
