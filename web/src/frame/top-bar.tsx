/** The bar above every page: where it is, search, undo, the state of the copy, and help. */
import { A } from '@solidjs/router';
import { For } from 'solid-js';
import { Icon } from '../ui/icon.tsx';
import { pagePlace } from '../ui/page-place.ts';
import { SearchLink } from '../ui/search-link.tsx';
import { ShortcutsButton } from '../ui/shortcuts-button.tsx';
import { UndoButtons } from '../ui/undo-buttons.tsx';
import { SyncPill } from './sync-pill.tsx';
import styles from './top-bar.module.css';

export function TopBar() {
  const above = () => pagePlace().crumbs.slice(0, -1);
  const here = () => pagePlace().crumbs.at(-1)?.label ?? pagePlace().title;
  return (
    <header class={styles['bar']}>
      <nav class={styles['place']} aria-label="Breadcrumb">
        <ol>
          <For each={above()}>
            {(crumb) => (
              <li>
                <A href={crumb.href} title={crumb.label}>
                  {crumb.label}
                </A>
                <Icon name="chevronRight" size={14} />
              </li>
            )}
          </For>
          <li aria-current="page" title={here()}>
            <span>{here()}</span>
          </li>
        </ol>
      </nav>
      <SearchLink />
      <span class={styles['undo']}>
        <UndoButtons />
      </span>
      <SyncPill />
      <ShortcutsButton />
    </header>
  );
}
