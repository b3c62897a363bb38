/** The way to the search page, by click and by Ctrl K from anywhere. */
import { A, useNavigate } from '@solidjs/router';
import { onCleanup } from 'solid-js';
import { Icon } from './icon.tsx';

export function SearchLink() {
  const navigate = useNavigate();
  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    navigate('/search');
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => document.removeEventListener('keydown', onKeyDown));
  return (
    <A class="button quiet" href="/search" title="Search everything (Ctrl K)">
      <Icon name="search" size={14} /> Search
    </A>
  );
}
