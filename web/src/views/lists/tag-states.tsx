/** The tags of several rows as checkboxes with three states: all have it, some, none. */
import { createEffect, For, Show } from 'solid-js';
import { formatCount } from '../../ui/format.ts';
import { countTags, type TaggedRow } from './tag-calls.ts';
import { nextChoice, type TagChoices } from './tag-choices.ts';
import styles from './tag-states.module.css';

export function TagStates(props: {
  rows: readonly TaggedRow[];
  choices: TagChoices;
  onChoose: (choices: TagChoices) => void;
}) {
  const counts = () => countTags(props.rows);
  return (
    <Show when={counts().length > 0}>
      <fieldset class={styles['tags']}>
        <legend>Tags they have</legend>
        <For each={counts()}>
          {({ name, count }) => {
            const had = () => (count === props.rows.length ? 'all' : 'some');
            const chosen = () => props.choices[name];
            const isOn = () => chosen() ?? had() === 'all';
            let box!: HTMLInputElement;
            createEffect(() => {
              box.indeterminate = chosen() === undefined && had() === 'some';
              box.checked = isOn();
            });
            return (
              <label>
                <input
                  ref={box}
                  type="checkbox"
                  onChange={() => {
                    const { [name]: _former, ...others } = props.choices;
                    const next = nextChoice(chosen(), had());
                    props.onChoose(next === undefined ? others : { ...others, [name]: next });
                  }}
                />
                <span class="cut">{name}</span>
                <span class="faint">
                  {chosen() === undefined
                    ? `${formatCount(count)} of ${formatCount(props.rows.length)}`
                    : chosen()
                      ? 'All'
                      : 'None'}
                </span>
              </label>
            );
          }}
        </For>
      </fieldset>
    </Show>
  );
}
