/** The palette: pages, things and actions by a few letters, from every page. */
import { Dialog } from '@kobalte/core/dialog';
import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { actionTarget } from '../../shortcuts/action-target.ts';
import { runShortcut } from '../../shortcuts/create-shortcuts.ts';
import { shortcuts } from '../../shortcuts/shortcut-table.ts';
import { Icon } from '../../ui/icon.tsx';
import { notify } from '../../ui/notices.ts';
import { pagePlace } from '../../ui/page-place.ts';
import { createLibraryNames } from '../search/create-library-names.ts';
import { MatchText } from '../search/match-text.tsx';
import { newness, recentThings, thingAt } from '../search/recent-things.ts';
import styles from './palette.module.css';
import { actionChoices, pageChoices } from './palette-choices.ts';
import { type PaletteItem, paletteGroups, searchedText } from './palette-items.ts';

export function Palette(props: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const location = useLocation();
  const listId = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  let field: HTMLInputElement | undefined;
  /** The element that had the focus before, and what to do once it has it again. */
  let before: Element | null = null;
  let afterwards: (() => void) | null = null;

  const names = createLibraryNames(
    () => props.open,
    () => (typed() === '' ? 'atHand' : 'read'),
  );
  const recent = createMemo(() => {
    const here = thingAt(location.pathname)?.id;
    return props.open ? recentThings(names.index).filter(({ id }) => id !== here) : [];
  });
  const groups = createMemo(() =>
    props.open
      ? paletteGroups(typed(), {
          target: actionTarget(),
          selectionActions: actionChoices(true),
          otherActions: actionChoices(false),
          pages: pageChoices,
          recent: recent(),
          index: names.index,
          newness,
        })
      : [],
  );
  const items = createMemo(() => groups().flatMap((group) => group.items));
  const activeItem = () => items()[Math.min(active(), items().length - 1)];

  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return;
        before = document.activeElement;
        setTyped('');
        setActive(0);
      },
    ),
  );

  function run({ does }: PaletteItem, inNewTab: boolean): void {
    if ('address' in does) {
      if (inNewTab) window.open(does.address, '_blank');
      else afterwards = () => navigate(does.address);
    } else {
      afterwards = () => {
        if (!runShortcut(does.shortcut)) notify(`“${shortcuts[does.shortcut].does}” does nothing here now`);
      };
    }
    props.onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const count = items().length;
    const isCtrl = event.ctrlKey || event.metaKey;
    const item = activeItem();
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && count > 0) setActive((at) => (at + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) setActive((at) => (at + count - 1) % count);
    else if (event.key === 'Enter' && item) run(item, isCtrl);
    else if (isCtrl && event.key.toLowerCase() === 'k') props.onClose();
    else return;
    event.preventDefault();
  }

  function onClosed(event: Event): void {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    const work = afterwards;
    afterwards = null;
    work?.();
  }

  return (
    <Dialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class={styles['overlay']} />
        <Dialog.Content
          class={`popover ${styles['palette']}`}
          aria-label="Search or jump"
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            field?.focus();
          }}
          onCloseAutoFocus={onClosed}
        >
          <div class={styles['field']}>
            <Show when={actionTarget()}>{(target) => <span class="tag">{target()}</span>}</Show>
            <input
              ref={(element) => {
                field = element;
              }}
              type="text"
              role="combobox"
              aria-label="Search or jump"
              aria-autocomplete="list"
              aria-expanded={items().length > 0}
              aria-controls={listId}
              aria-activedescendant={
                activeItem() ? `${listId}-${items().indexOf(activeItem() as PaletteItem)}` : undefined
              }
              placeholder="Page, project, subject, package, tag or action"
              autocomplete="off"
              spellcheck={false}
              value={typed()}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
            />
            <span class={styles['here']}>in {pagePlace().title}</span>
          </div>
          <div role="listbox" id={listId} class={styles['list']} aria-label="What to open or do">
            <For each={groups()}>
              {(group) => (
                // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
                <div role="group" aria-label={group.label}>
                  <div class={styles['caption']} aria-hidden="true">
                    {group.label}
                  </div>
                  <For each={group.items}>
                    {(item) => (
                      <Row
                        id={`${listId}-${items().indexOf(item)}`}
                        item={item}
                        typed={searchedText(typed())}
                        isActive={activeItem() === item}
                        onPoint={() => setActive(items().indexOf(item))}
                        onRun={(inNewTab) => run(item, inNewTab)}
                      />
                    )}
                  </For>
                </div>
              )}
            </For>
          </div>
          <Show when={items().length === 0}>
            <p class={styles['none']}>
              {names.loading
                ? 'Opening…'
                : searchedText(typed()) === ''
                  ? 'There are none yet.'
                  : 'Nothing has that name.'}
            </p>
          </Show>
          <footer class={styles['hints']}>
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> choose
            </span>
            <span>
              <kbd>↵</kbd> run
            </span>
            <span>
              <kbd>Ctrl ↵</kbd> in a new tab
            </span>
            <span class={styles['end']}>
              <kbd>&gt;</kbd> actions only
            </span>
            <span>
              <kbd>#</kbd> tags
            </span>
            <span>
              <kbd>@</kbd> people
            </span>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

function Row(props: {
  id: string;
  item: PaletteItem;
  typed: string;
  isActive: boolean;
  onPoint: () => void;
  onRun: (inNewTab: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="option"
      id={props.id}
      class={styles['row']}
      aria-selected={props.isActive}
      tabindex={-1}
      onPointerMove={() => !props.isActive && props.onPoint()}
      onClick={(event) => props.onRun(event.ctrlKey || event.metaKey)}
    >
      <Icon name={props.item.icon} />
      <span class={styles['label']}>
        <MatchText text={props.item.label} typed={props.item.key === 'search' ? '' : props.typed} lenient />
      </span>
      <span class={styles['note']}>{props.item.note}</span>
      <Show when={props.item.keys}>{(keys) => <kbd>{keys()}</kbd>}</Show>
    </button>
  );
}
