/** Searches everything on this device with each key, and the server for what is not here. */
import { MIN_FILE_TEXT } from '@ingesthub/schema/replica/search.ts';
import { useBeforeLeave, useNavigate, useSearchParams } from '@solidjs/router';
import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SavedFilters } from '../saved-filters/saved-filters.tsx';
import { createSearch, type Entry, type ResultKind, resultKinds } from './create-search.ts';
import { moveIn } from './move-in-groups.ts';
import { NothingFound } from './nothing-found.tsx';
import styles from './search-page.module.css';
import { optionId, SearchResults } from './search-results.tsx';
import { ServerNote } from './server-note.tsx';
import { kindNames } from './thing-address.ts';

/** Milliseconds without a key after which the address follows. */
const ADDRESS_PAUSE_MS = 150;

export function SearchPage() {
  const [search, setSearch] = useSearchParams<{ q?: string; text?: string; in?: string; project?: string }>();
  const navigate = useNavigate();
  // Addresses of former versions have `text`.
  const addressed = () => search.q ?? search.text ?? '';
  const [text, setText] = createSignal(addressed());
  const kind = createMemo((): ResultKind | null => resultKinds.find((one) => one === search.in) ?? null);
  const projectId = () => search.project ?? null;
  const [active, setActive] = createSignal<string | null>(null);
  const [took, setTook] = createSignal<number | null>(null);
  const listId = createUniqueId();
  let field!: HTMLInputElement;
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** When the text was last typed; null: it came with the address. */
  let typedAt: number | null = null;
  let written = addressed();

  const found = createSearch({ text, kind, projectId, onKind: (one) => show({ in: one }) });
  const entries = createMemo(() => found.groups().flatMap((group) => group.entries));
  const activeKey = createMemo(() => {
    const key = active();
    return entries().some((entry) => entry.key === key) ? key : (entries()[0]?.key ?? null);
  });

  /** Writes a text that is newer than the address into this page's entry of the history, for the way back. */
  useBeforeLeave(({ to }) => {
    clearTimeout(pause);
    // After a step through the history, the entry is another page's.
    if (typeof to === 'number' || written === text()) return;
    written = text();
    const address = new URL(location.href);
    address.searchParams.delete('text');
    address.searchParams.set('q', written);
    // Past the router, which would join this step and the one that leaves the page.
    history.replaceState(history.state, '', address);
  });
  function show(change: { in?: string | null; project?: string | null }): void {
    written = text();
    setSearch({ q: written === '' ? null : written, text: null, ...change }, { replace: true, scroll: false });
    setActive(null);
    field.focus();
  }
  function type(typed: string): void {
    batch(() => {
      setTook(null);
      setActive(null);
      setText(typed);
    });
    typedAt = performance.now();
    clearTimeout(pause);
    pause = setTimeout(() => {
      written = typed;
      setSearch({ q: typed === '' ? null : typed, text: null }, { replace: true, scroll: false });
    }, ADDRESS_PAUSE_MS);
  }
  createEffect(
    on(
      addressed,
      (asked) => {
        if (asked === written) return;
        written = asked;
        setText(asked);
      },
      { defer: true },
    ),
  );
  createEffect(() => {
    if (found.isCurrent() && took() === null && typedAt !== null) setTook(performance.now() - typedAt);
  });
  createEffect(() => {
    const key = activeKey();
    if (key !== null) document.getElementById(optionId(listId, key))?.scrollIntoView({ block: 'nearest' });
  });
  onMount(() => field.select());
  onCleanup(() => clearTimeout(pause));
  createShortcuts({ filter: () => field.select() });

  function run({ item, more }: Entry, inNewTab = false): void {
    if (more !== null) more.run();
    else if (inNewTab) window.open(item.address, '_blank');
    else navigate(item.address);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const next = moveIn(found.groups(), activeKey(), event.key);
    const entry = entries().find(({ key }) => key === activeKey());
    if (next !== null) setActive(next);
    else if (event.key === 'Enter' && entry) run(entry, event.ctrlKey || event.metaKey);
    else if (event.key === 'Escape' && text() !== '') {
      field.value = '';
      type('');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const summary = () => {
    if (text().trim() === '') return '';
    if (!found.isCounted()) return `${formatCountOf(found.total(), 'result')} so far`;
    const time = took() === null ? '' : ` in ${formatCount(Math.max(1, Math.round(took() ?? 0)))} ms`;
    return `${formatCountOf(found.total(), 'result')}${time}, on this device`;
  };
  return (
    <Page title="Search" crumbs={[{ label: 'Search', href: '/search' }]}>
      <div class={styles['page']}>
        <h1 class="visually-hidden">Search</h1>
        <div class={styles['top']}>
          <div class={styles['query']}>
            <Icon name="search" />
            <input
              ref={field}
              type="text"
              role="combobox"
              aria-label="Search everything"
              aria-autocomplete="list"
              aria-expanded={entries().length > 0}
              aria-controls={listId}
              aria-activedescendant={activeKey() === null ? undefined : optionId(listId, activeKey() ?? '')}
              placeholder="Projects, subjects, packages, folders, assets, tags"
              autocomplete="off"
              spellcheck={false}
              value={text()}
              onInput={(event) => type(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
            <span class="muted small" role="status">
              {summary()}
            </span>
            <Show when={text() !== ''}>
              <kbd>Esc</kbd>
            </Show>
          </div>
          <div class={styles['line']}>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame of its own */}
            <div class="segmented" role="group" aria-label="Kinds of results">
              <button type="button" aria-pressed={kind() === null} onClick={() => show({ in: null })}>
                All
              </button>
              <For each={resultKinds}>
                {(one) => (
                  <button type="button" aria-pressed={kind() === one} onClick={() => show({ in: one })}>
                    {kindNames[one].many}
                    <Show when={text().trim() !== '' && found.counts()[one]}>
                      {(count) => <span class={styles['count']}>{formatCount(count())}</span>}
                    </Show>
                  </button>
                )}
              </For>
            </div>
            <span class={styles['end']}>
              <label class={styles['project']}>
                <span class="muted">Project</span>
                <select
                  value={projectId() ?? ''}
                  onChange={(event) => show({ project: event.currentTarget.value || null })}
                >
                  <option value="">Any</option>
                  <For each={found.names.index('projects').things.toSorted((a, b) => a.name.localeCompare(b.name))}>
                    {(project) => (
                      <option value={project.id} selected={project.id === projectId()}>
                        {project.name}
                      </option>
                    )}
                  </For>
                </select>
              </label>
              <SavedFilters address={`/search?${new URLSearchParams({ q: text() })}`} canSave={text().trim() !== ''} />
            </span>
          </div>
        </div>
        <section class={styles['results']} aria-label="Search results" tabindex={0}>
          <Show when={found.problem()}>
            {(problem) => (
              <p class={styles['message']} role="alert">
                Assets could not be searched: {problem()}
              </p>
            )}
          </Show>
          <SearchResults id={listId} groups={found.groups()} text={text()} active={activeKey()} onRun={run} />
          <Show when={text().trim() !== '' && found.isCurrent() && !found.names.loading && found.total() === 0}>
            <NothingFound
              text={text().trim()}
              suggestion={found.suggestion()}
              isNarrowed={projectId() !== null}
              onSearch={(wanted) => {
                field.value = wanted;
                type(wanted);
                field.focus();
              }}
              onWiden={() => show({ in: null, project: null })}
            />
          </Show>
          <Show when={text().trim().length >= MIN_FILE_TEXT}>
            <ServerNote server={found.server} projects={found.names.index('projects').things} />
          </Show>
        </section>
      </div>
    </Page>
  );
}
