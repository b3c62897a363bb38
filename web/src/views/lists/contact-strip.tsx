/** Three small pictures at the start of a row. A picture that is not on this device leaves its place empty. */
import { createMemo, For, Show } from 'solid-js';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './contact-strip.module.css';
import type { PicturesOf } from './create-row-pictures.ts';

const PLACES = [0, 1, 2] as const;

export function ContactStrip(props: { id: string; pictures: PicturesOf }) {
  const { online } = useReplica();
  const pictures = props.pictures(props.id);
  return (
    <span class={styles['strip']}>
      <For each={PLACES}>
        {(place) => {
          const address = createMemo(() => {
            const picture = pictures()[place];
            return picture && `/media/assets/${picture.id}/thumbnail?v=${picture.thumbnail_version}`;
          });
          // With the connection: a picture that failed offline is asked for again.
          const attempt = createMemo(() => address() && `${online()} ${address()}`);
          return (
            <span class={styles['place']}>
              <Show when={attempt()} keyed>
                {(_attempt) => (
                  <img
                    src={address()}
                    alt=""
                    loading="lazy"
                    decoding="async"
                    draggable={false}
                    onError={(event) => event.currentTarget.remove()}
                  />
                )}
              </Show>
            </span>
          );
        }}
      </For>
    </span>
  );
}
