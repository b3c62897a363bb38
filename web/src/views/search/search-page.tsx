/** Searches everything on this device as the user types. Arrow keys move through the field and the results. */
import { MIN_FILE_TEXT, type SearchKind, searchKind } from '@ingesthub/schema/replica/search.ts';
import { useSearchParams } from '@solidjs/router';
import { For, onCleanup, onMount, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { createShortcuts, isAbovePage } from '../../shortcuts/create-shortcuts.ts';
import { Page } from '../../ui/page.tsx';
import { SavedFilters } from '../saved-filters/saved-filters.tsx';
import { SearchGroup } from './search-group.tsx';
import styles from './search-page.module.css';
import { ServerResults } from './server-results.tsx';

/** Below the 50 ms that people perceive as instant. */
const TYPING_PAUSE_MS = 30;

export function SearchPage() {
  const [search, setSearch] = useSearchParams<{ text?: string }>();
  const text = () => search.text ?? '';
  const [counts, setCounts] = createStore<Partial<Record<SearchKind, number | null>>>({});
  let list!: HTMLDivElement;
  let field!: HTMLInputElement;
  let pause: ReturnType<typeof setTimeout> | undefined;
  onMount(() => field.select());
  onCleanup(() => clearTimeout(pause));
  const focusField = () => {
    field.focus();
    field.select();
  };
  createShortcuts({ palette: focusField, filter: focusField });

  function onInput(typed: string): void {
    clearTimeout(pause);
    pause = setTimeout(() => {
      setSearch({ text: typed === '' ? null : typed }, { replace: true, scroll: false });
    }, TYPING_PAUSE_MS);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || isAbovePage(event.target)) return;
    const stops = [field, ...list.querySelectorAll<HTMLElement>('section a, section button')];
    const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
    next?.focus();
    event.preventDefault();
  }

  return (
    <Page title="Search" crumbs={[{ label: 'Search', href: '/search' }]}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys beside Tab, over links and buttons */}
      <div class={styles['page']} ref={list} onKeyDown={onKeyDown}>
        <h1 class="visually-hidden">Search</h1>
        <div class={styles['line']}>
          <input
            ref={field}
            class={`field ${styles['field']}`}
            type="search"
            aria-label="Search everything"
            placeholder="Projects, subjects, packages, folders, files"
            autocomplete="off"
            spellcheck={false}
            value={text()}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <SavedFilters address={`/search?${new URLSearchParams({ text: text() })}`} canSave={text().trim() !== ''} />
        </div>
        <For each={searchKind.options}>
          {(kind) => <SearchGroup kind={kind} text={text()} onCount={(count) => setCounts({ [kind]: count })} />}
        </For>
        <ServerResults text={text()} />
        <Show when={text().trim() !== '' && searchKind.options.every((kind) => counts[kind] === 0)}>
          <p class={styles['nothing']}>Nothing on this device has “{text().trim()}” in its name.</p>
        </Show>
        <Show when={text().trim() !== '' && text().trim().length < MIN_FILE_TEXT}>
          <p class={`muted ${styles['nothing']}`}>Type at least {MIN_FILE_TEXT} characters to search file names.</p>
        </Show>
      </div>
    </Page>
  );
}
