/** Tags of several assets as boxes that are on, off or mixed. */
import { createEffect, createUniqueId, Index, Show } from 'solid-js';
import { formatCount } from '../../../ui/format.ts';
import styles from './tag-checks.module.css';
import type { TagState } from './tag-choices.ts';

export function TagChecks(props: {
  readonly tags: readonly TagState[];
  /** The number of assets that the counts are out of. */
  readonly assets: number;
  readonly onTurn: (tag: TagState) => void;
}) {
  const id = createUniqueId();
  return (
    <ul class={styles['tags']}>
      {/* By position: a box that is turned keeps its element and with it the focus. */}
      <Index each={props.tags}>
        {(tag, index) => (
          <li>
            <label for={`${id}-${index}`} data-changed={tag().changed}>
              <Box id={`${id}-${index}`} tag={tag()} onTurn={props.onTurn} />
              <span class={styles['name']}>{tag().name}</span>
              <Show when={tag().count > 0} fallback={<span class="muted small">new</span>}>
                <span class="muted small number">
                  {tag().count >= props.assets ? 'all' : `${formatCount(tag().count)} of ${formatCount(props.assets)}`}
                </span>
              </Show>
            </label>
          </li>
        )}
      </Index>
    </ul>
  );
}

function Box(props: { readonly id: string; readonly tag: TagState; readonly onTurn: (tag: TagState) => void }) {
  let box!: HTMLInputElement;
  // The state decides what is shown; a click alone would turn a mixed box on.
  const show = () => {
    box.checked = props.tag.on === 'all';
    box.indeterminate = props.tag.on === 'some';
  };
  createEffect(show);
  return (
    <input
      ref={box}
      id={props.id}
      type="checkbox"
      onChange={() => {
        show();
        props.onTurn(props.tag);
      }}
    />
  );
}
