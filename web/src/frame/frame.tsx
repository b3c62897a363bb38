/** The frame around every page: sidebar, bar, banner and notices. It stays while pages come and go. */
import type { JSX } from 'solid-js';
import { pagePlace } from '../ui/page-place.ts';
import { Banner } from './banner.tsx';
import { createGoTo } from './create-go-to.ts';
import { createSidebarWidth } from './create-sidebar-width.ts';
import styles from './frame.module.css';
import { Sidebar } from './sidebar.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

export function Frame(props: { children?: JSX.Element }) {
  const sidebar = createSidebarWidth(() => pagePlace().kind);
  createGoTo();
  return (
    <div class={styles['frame']} classList={{ [styles['rail'] ?? '']: sidebar.narrow() }}>
      <button type="button" class={styles['skip']} onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        Skip to the page
      </button>
      <Sidebar narrow={sidebar.narrow()} onToggle={sidebar.toggle} />
      <div class={styles['column']}>
        <TopBar />
        <Banner />
        {props.children}
      </div>
      <Toasts />
    </div>
  );
}
