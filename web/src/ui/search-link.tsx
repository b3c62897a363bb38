/** Opens the search page, by click or with Ctrl K from anywhere. */
import { A, useNavigate } from '@solidjs/router';
import { createShortcuts } from '../shortcuts/create-shortcuts.ts';
import { Icon } from './icon.tsx';

export function SearchLink() {
  const navigate = useNavigate();
  createShortcuts({ palette: () => navigate('/search') });
  return (
    <A class="button quiet" href="/search" title="Search everything (Ctrl K)">
      <Icon name="search" size={14} /> Search
    </A>
  );
}
