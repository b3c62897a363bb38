/** One row of a facet: an icon, a name and a count. */
import { Show } from 'solid-js';
import type { ChoiceGesture } from '../../../queries/query/value-choice.ts';
import { formatCount } from '../../../ui/format.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { TagKey } from '../changes/tag-key.tsx';
import styles from './facets.module.css';

export function FacetButton(props: {
  name: string;
  icon: IconName;
  /** Null: not counted yet. */
  count: number | null;
  state: 'off' | 'on' | 'excluded';
  onChoose: (gesture: ChoiceGesture) => void;
}) {
  function choose(event: MouseEvent | KeyboardEvent): void {
    props.onChoose(event.altKey ? 'exclude' : event.ctrlKey || event.metaKey ? 'add' : 'only');
  }
  return (
    <button
      type="button"
      class={styles['row']}
      data-state={props.state}
      data-zero={props.count === 0 && props.state === 'off'}
      data-icon={props.icon}
      aria-pressed={props.state === 'on'}
      title={`${props.name}\nCtrl click adds, Alt click leaves out`}
      onClick={choose}
      onKeyDown={(event) => {
        // With these keys held, not every browser makes a click of Enter.
        if (event.key !== 'Enter' || !(event.altKey || event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        choose(event);
      }}
    >
      <Icon name={props.icon} size={14} />
      <span>{props.name}</span>{' '}
      <Show when={props.icon === 'tag'}>
        <TagKey tag={props.name} />
      </Show>
      <Show when={props.state === 'excluded'}>
        <span class="visually-hidden">left out </span>
      </Show>
      <span class={styles['count']}>{formatCount(props.count)}</span>
    </button>
  );
}
