/**
 * A button that opens a list of tags, subjects or cameras, with a field to narrow it. Shows only the first matches,
 * and so copes with tens of thousands of names. With `allowNew`, the typed text can become a new tag.
 */
import { tagName } from '@ingesthub/schema/mutations/mutations.ts';
import { Popover } from '@kobalte/core/popover';
import { createComputed, createMemo, createSignal, createUniqueId, For, type JSX, onMount, Show } from 'solid-js';
import { formatCount } from './format.ts';
import { Icon } from './icon.tsx';
import { matchNames, type NameCount } from './match-names.ts';
import styles from './name-picker.module.css';

export interface NamePickerProps {
  readonly label: JSX.Element;
  /** The accessible label of the field, the popover and the button's tooltip. */
  readonly fieldLabel: string;
  readonly names: readonly NameCount[];
  /** The kind of the names, in the singular. Default: tag. */
  readonly kind?: string;
  /** Names shown with a check mark. */
  readonly picked?: readonly string[];
  readonly allowNew?: boolean;
  /** Whether the list stays open after a pick. */
  readonly staysOpen?: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onPick: (name: string) => void;
  readonly class?: string;
  /** Shown after a name, such as a key. */
  readonly beside?: (name: string) => JSX.Element;
}

export function NamePicker(props: NamePickerProps) {
  // A shortcut can open the list too: the focus then returns to the grid instead of the button.
  let before: Element | null = null;
  createComputed(() => {
    if (props.open) before = document.activeElement;
  });
  return (
    <Popover open={props.open} onOpenChange={props.onOpenChange} placement="bottom-start" gutter={4} flip="top">
      <Popover.Trigger class={`button ${props.class ?? ''}`} title={props.fieldLabel}>
        {props.label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          class={`popover ${styles['popover']}`}
          aria-label={props.fieldLabel}
          onCloseAutoFocus={(event) => {
            // A click into another field has already moved the focus.
            if (event.defaultPrevented) return;
            if (!(before instanceof HTMLElement && before.isConnected)) return;
            event.preventDefault();
            before.focus();
          }}
        >
          <NameList {...props} />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

function NameList(props: NamePickerProps) {
  const listId = createUniqueId();
  const kind = () => props.kind ?? 'tag';
  let field!: HTMLInputElement;
  // Immediately, so that the next typed key goes into the field and not to the page.
  onMount(() => field.focus({ preventScroll: true }));
  const [text, setText] = createSignal('');
  const [active, setActive] = createSignal(0);
  const matches = createMemo(() => matchNames(props.names, text(), props.allowNew ?? false));
  const problem = () => {
    const typed = text().trim();
    return props.allowNew && typed !== '' ? (tagName.safeParse(typed).error?.issues[0]?.message ?? null) : null;
  };

  function pick(index: number): void {
    const match = matches().options[index];
    if (match === undefined || problem() !== null) return;
    props.onPick(match.name);
    if (!props.staysOpen) props.onOpenChange(false);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const last = matches().options.length - 1;
    if (event.key === 'ArrowDown') setActive((index) => Math.min(last, index + 1));
    else if (event.key === 'ArrowUp') setActive((index) => Math.max(0, index - 1));
    else if (event.key === 'Enter') pick(active());
    else return;
    event.preventDefault();
    document.getElementById(`${listId}-${active()}`)?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <>
      <input
        ref={field}
        class={`field ${styles['field']}`}
        role="combobox"
        aria-label={props.fieldLabel}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={matches().options.length > 0 ? `${listId}-${active()}` : undefined}
        placeholder={props.allowNew ? `Find or create a ${kind()}` : `Find a ${kind()}`}
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        class={styles['list']}
        id={listId}
        role="listbox"
        aria-label={`${kind()}s`}
        aria-multiselectable={props.staysOpen}
      >
        <For each={matches().options}>
          {(option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and handles the keys
            <div
              id={`${listId}-${index()}`}
              class={styles['option']}
              role="option"
              tabIndex="-1"
              aria-selected={props.picked?.includes(option.name) ?? false}
              data-active={index() === active()}
              onMouseMove={() => setActive(index())}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(index())}
            >
              <span class={styles['mark']}>
                <Show when={props.picked?.includes(option.name)}>
                  <Icon name="approved" size={12} />
                </Show>
              </span>
              <span class={styles['tag']}>{option.isNew ? `Create “${option.name}”` : option.name}</span>
              {props.beside?.(option.name)}
              <span class="muted">{option.count === null ? '' : formatCount(option.count)}</span>
            </div>
          )}
        </For>
      </div>
      <Show when={problem() ?? describeRest(kind(), matches().options.length, matches().more, props.names.length)}>
        {(line) => <p class={styles['rest']}>{line()}</p>}
      </Show>
    </>
  );
}

function describeRest(kind: string, shown: number, more: number, total: number): string | null {
  if (more > 0) return `${formatCount(more)} more: type to narrow`;
  if (shown > 0) return null;
  return total === 0 ? `No ${kind}s yet` : `No ${kind} matches`;
}
