/** Goes to the asset whose name begins with what is typed, or else has it anywhere. */
import { createSignal, createUniqueId, onMount } from 'solid-js';
import type { Condition, MirrorQuestion } from '../../../replica/model/mirror-questions.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { formatCount } from '../../../ui/format.ts';
import styles from './name-finder.module.css';

export function NameFinder(props: {
  replica: Pick<Replica, 'ask'>;
  /** The question whose answer the list is. */
  question: MirrorQuestion;
  onFound: (id: string) => void;
  onClose: () => void;
}) {
  const asker = createUniqueId();
  let field!: HTMLInputElement;
  // Immediately, so that the next typed key goes into the field and not to the page.
  onMount(() => field.focus({ preventScroll: true }));
  const [found, setFound] = createSignal<readonly string[] | null>(null);
  const [place, setPlace] = createSignal(0);

  async function matches(pattern: string) {
    const typed: Condition = { kind: 'name', pattern };
    const { scope, where, sort, group = null } = props.question;
    return props.replica.ask({ scope, where: { ...where, typed }, sort, group }, asker);
  }

  async function find(text: string): Promise<void> {
    if (text === '') return void setFound(null);
    const begins = await matches(`${text}*`);
    if (begins === null) return;
    const list = begins.order.length > 0 ? begins : await matches(`*${text}*`);
    if (list === null) return;
    setPlace(0);
    setFound(list.order.slice(0, list.order.length));
    go(0);
  }

  function go(to: number): void {
    const ids = found() ?? [];
    const id = ids[to];
    if (id === undefined) return;
    setPlace(to);
    props.onFound(id);
  }

  const said = () => {
    const ids = found();
    if (ids === null) return '';
    return ids.length === 0 ? 'No such name' : `${formatCount(place() + 1)} of ${formatCount(ids.length)}`;
  };
  return (
    <div class={`popover ${styles['finder']}`}>
      <input
        ref={field}
        type="text"
        class={`field ${styles['field']}`}
        aria-label="Go to a name"
        placeholder="Go to a name"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => void find(event.currentTarget.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') go(place() + 1);
          else if (event.key === 'ArrowUp') go(place() - 1);
          else if (event.key === 'Enter' || event.key === 'Escape') props.onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={() => props.onClose()}
      />
      <span class={styles['said']} role="status">
        {said()}
      </span>
      <span class={styles['keys']} aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> others <kbd>↵</kbd> close
      </span>
    </div>
  );
}
