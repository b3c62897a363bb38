/** The query field of a list: text with terms, completed as it is typed, in which a wrong term is marked. `/` focuses it. */
import { createEffect, createMemo, createSignal, createUniqueId, For, type JSX, on, onCleanup, Show } from 'solid-js';
import { applyCompletion, type CountedName, completeQuery } from '../../../queries/query/complete-query.ts';
import { parseQuery, type QueryProblem, type Span } from '../../../queries/query/parse-query.ts';
import { createShortcuts } from '../../../shortcuts/create-shortcuts.ts';
import { formatCount } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import styles from './query-field.module.css';
import { QueryHelp } from './query-help.tsx';

/** Below the 50 ms that people perceive as instant. */
const TYPING_PAUSE_MS = 40;
/** A word that may become a key would empty the list on the way. */
const KEY_PAUSE_MS = 400;
/** The caret is in no term, so nothing is completed. */
const NOWHERE = -1;

export function QueryField(props: {
  text: string;
  problems: readonly QueryProblem[];
  valuesOf: (key: string) => readonly CountedName[];
  onText: (text: string) => void;
  /** Returns the focus to the list. */
  onLeave: () => void;
  /** Shown at the left and at the right end. */
  before: JSX.Element;
  after: JSX.Element;
}) {
  const listId = createUniqueId();
  const problemId = createUniqueId();
  let field!: HTMLInputElement;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const [typed, setTyped] = createSignal<{ text: string; caret: number } | null>(null);
  const [active, setActive] = createSignal(-1);
  const [scrolled, setScrolled] = createSignal(0);
  const text = () => typed()?.text ?? props.text;

  const completions = createMemo(() => {
    const now = typed();
    return now && completeQuery(now.text, now.caret, props.valuesOf);
  });
  /** Problems of the text that is shown, without those of the term that is being typed. */
  const problems = createMemo(() => {
    const now = typed();
    return props.text !== text() ? [] : props.problems.filter(({ to }) => now === null || to !== now.caret);
  });

  /** Applies the text. */
  function tell(applied = field.value): void {
    clearTimeout(pause);
    if (applied !== props.text) props.onText(applied);
  }
  function onInput(): void {
    setTyped({ text: field.value, caret: field.selectionStart ?? field.value.length });
    setActive(-1);
    clearTimeout(pause);
    const found = completions();
    // A value that is still being chosen would match nothing, and take the other values off the list.
    const applied = found?.isValue ? withoutPart(field.value, found.span) : field.value;
    pause = setTimeout(() => tell(applied), found && !found.isValue ? KEY_PAUSE_MS : TYPING_PAUSE_MS);
  }
  function stopCompleting(): void {
    setTyped((now) => now && { ...now, caret: NOWHERE });
  }
  function complete(index: number): void {
    const found = completions();
    const option = found?.options[index];
    if (!found || !option) return;
    const next = applyCompletion(field.value, found.span, option.text);
    field.value = next.text;
    field.setSelectionRange(next.caret, next.caret);
    field.focus();
    onInput();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const options = completions()?.options.length ?? 0;
    if (event.key === 'ArrowDown' && options > 0) setActive((at) => (at + 1) % options);
    else if (event.key === 'ArrowUp' && options > 0) setActive((at) => (at <= 0 ? options : at) - 1);
    else if (event.key === 'Tab' && !event.shiftKey && options > 0) complete(Math.max(0, active()));
    else if (event.key === 'Enter' && active() >= 0) complete(active());
    else if (event.key === 'Enter' || (event.key === 'ArrowDown' && options === 0)) {
      tell();
      stopCompleting();
      props.onLeave();
    } else if (event.key === 'Escape') {
      // The first press closes what is offered, the next leaves the field.
      if (options > 0) stopCompleting();
      else props.onLeave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  createShortcuts({ filter: () => field.select() });
  onCleanup(() => clearTimeout(pause));
  // The matrix and links change the text too.
  createEffect(
    on(
      () => props.text,
      () => document.activeElement !== field && setTyped(null),
      { defer: true },
    ),
  );

  return (
    <div class={styles['query']}>
      {props.before}
      <div class={styles['text']}>
        <div class={styles['marks']} aria-hidden="true">
          <div style={{ transform: `translateX(${-scrolled()}px)` }}>
            <For each={marksOf(text(), problems())}>
              {(mark) => (
                <span
                  classList={{
                    [styles['term'] ?? '']: mark.isTerm,
                    [styles['negative'] ?? '']: mark.isNegative,
                    [styles['wrong'] ?? '']: mark.isWrong,
                  }}
                >
                  {mark.text}
                </span>
              )}
            </For>
          </div>
        </div>
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Filter assets"
          aria-autocomplete="list"
          aria-expanded={completions() !== null}
          aria-controls={listId}
          aria-activedescendant={active() >= 0 ? `${listId}-${active()}` : undefined}
          aria-invalid={problems().length > 0}
          aria-describedby={problems().length > 0 ? problemId : undefined}
          placeholder="Name, or tag: camera: size> …  /"
          spellcheck={false}
          autocomplete="off"
          value={text()}
          onInput={onInput}
          onKeyDown={onKeyDown}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          // Leaving the field ends typing.
          onChange={() => tell()}
          onBlur={stopCompleting}
        />
      </div>
      {props.after}
      <Show when={text() !== ''}>
        <button
          type="button"
          class="button quiet small icon"
          aria-label="Clear the filter"
          title="Clear the filter"
          onClick={() => {
            setTyped(null);
            tell('');
            field.focus();
          }}
        >
          <Icon name="close" size={14} />
        </button>
      </Show>
      <QueryHelp />
      <Show when={completions()}>
        {(found) => (
          <div class={`popover ${styles['list']}`}>
            <div id={listId} role="listbox" aria-label="Completions">
              <For each={found().options}>
                {(option, index) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
                  <div
                    id={`${listId}-${index()}`}
                    role="option"
                    tabIndex="-1"
                    aria-selected={active() === index()}
                    class={styles['option']}
                    // Keeps the focus in the field.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => complete(index())}
                  >
                    <code>{option.text}</code>
                    <span class="muted">{option.note ?? (option.count === null ? '' : formatCount(option.count))}</span>
                  </div>
                )}
              </For>
            </div>
            <div class={styles['keys']}>
              <kbd>Tab</kbd> complete <kbd>↓</kbd> choose <kbd>Esc</kbd> close
            </div>
          </div>
        )}
      </Show>
      <Show when={completions() === null && problems()[0]}>
        {(problem) => (
          <p id={problemId} class={`popover ${styles['problem']}`} role="status">
            {problem().message}
          </p>
        )}
      </Show>
    </div>
  );
}

function withoutPart(text: string, { from, to }: Span): string {
  return `${text.slice(0, from)}${text.slice(to).trimStart()}`.trimEnd();
}

interface Mark {
  readonly text: string;
  readonly isTerm: boolean;
  readonly isNegative: boolean;
  readonly isWrong: boolean;
}

/** Divides the text into its terms with a key, its wrong parts, and the rest. */
function marksOf(text: string, problems: readonly Span[]): Mark[] {
  const terms = parseQuery(text).terms.filter((term) => term.key !== null);
  const edges = new Set([0, text.length, ...[...terms, ...problems].flatMap(({ from, to }) => [from, to])]);
  const sorted = [...edges].sort((a, b) => a - b);
  const isIn = (spans: readonly Span[], at: number) => spans.some(({ from, to }) => from <= at && at < to);
  return sorted.slice(0, -1).map((from, index) => ({
    text: text.slice(from, sorted[index + 1]),
    isTerm: isIn(terms, from),
    isNegative: isIn(
      terms.filter(({ negative }) => negative),
      from,
    ),
    isWrong: isIn(problems, from),
  }));
}
