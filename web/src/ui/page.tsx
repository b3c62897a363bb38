/** A page inside the frame: its title, its place, and its own boundary for errors. */
import { useIsRouting } from '@solidjs/router';
import { createRenderEffect, ErrorBoundary, type JSX, onMount } from 'solid-js';
import styles from './page.module.css';
import { PageError } from './page-error.tsx';
import { type Crumb, type PageKind, setPagePlace } from './page-place.ts';

let opened = 0;

/** @param props.kind `pictures` for a page that needs the width: the sidebar starts as icons. */
export function Page(props: { title: string; crumbs: readonly Crumb[]; kind?: PageKind; children: JSX.Element }) {
  createRenderEffect(() => {
    document.title = `${props.title} · IngestHub`;
    setPagePlace({ title: props.title, crumbs: props.crumbs, kind: props.kind ?? 'lists' });
  });
  let main: HTMLElement | undefined;
  const isRouting = useIsRouting();
  onMount(() => {
    opened += 1;
    // Screen readers hear where a link has led. The first page keeps the browser's own focus.
    if (opened === 1 || !isRouting()) return;
    const heading = main?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  });
  return (
    <main
      id="main"
      class={styles['main']}
      tabindex="-1"
      ref={(element) => {
        main = element;
      }}
    >
      <ErrorBoundary fallback={(error, reset) => <PageError error={error} onRetry={reset} />}>
        {props.children}
      </ErrorBoundary>
    </main>
  );
}
