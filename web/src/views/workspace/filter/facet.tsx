/** Toggle buttons for the values of one column, each with its number of assets. */
import { For, type JSX, Show } from 'solid-js';
import { formatCount } from '../../../ui/format.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import styles from './filter-bar.module.css';
import { toggled } from './toggled.ts';

export function Facet<Value extends string>(props: {
  label: string;
  values: readonly { value: Value; label: string; icon?: IconName }[];
  counts: ReadonlyMap<string | null, number>;
  picked: readonly Value[];
  onPicked: (picked: Value[]) => void;
}): JSX.Element {
  // Values that the package does not have are not offered, unless a link selected them.
  const offered = () => props.values.filter(({ value }) => props.counts.has(value) || props.picked.includes(value));
  return (
    <fieldset class={styles['facet']}>
      <legend class="visually-hidden">{props.label}</legend>
      <For each={offered().map(({ value }) => value)}>
        {(value) => {
          const option = props.values.find((one) => one.value === value);
          return (
            <button
              type="button"
              class="button"
              aria-pressed={props.picked.includes(value)}
              onClick={() => props.onPicked(toggled(props.picked, value))}
            >
              <Show when={option?.icon}>{(icon) => <Icon name={icon()} size={13} />}</Show>
              {option?.label}
              <span class="muted">{formatCount(props.counts.get(value) ?? 0)}</span>
            </button>
          );
        }}
      </For>
    </fieldset>
  );
}
