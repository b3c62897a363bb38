/** Two to six options in a row, of which one is chosen: arrow keys move between them. */
import { createUniqueId, For } from 'solid-js';
import styles from './export-dialog.module.css';

export function ChoiceGroup<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const name = createUniqueId();
  return (
    <fieldset class={styles['row']}>
      <legend class={styles['label']}>{props.label}</legend>
      <div class={`segmented ${styles['choices']}`}>
        <For each={props.options}>
          {(option) => (
            <label data-chosen={option.value === props.value}>
              <input
                type="radio"
                class="visually-hidden"
                name={name}
                value={option.value}
                checked={option.value === props.value}
                onChange={() => props.onChange(option.value)}
              />
              {option.label}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
