/** The round picture of a subject. Its place stays empty while there is none on this device. */
import { Show } from 'solid-js';
import type { RowPicture } from '../../queries/row-pictures.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './face.module.css';

export function Face(props: { picture: RowPicture | undefined; size?: 'large' }) {
  const { online } = useReplica();
  const address = () =>
    props.picture && `/media/assets/${props.picture.id}/thumbnail?v=${props.picture.thumbnail_version}`;
  // With the connection: a picture that failed offline is asked for again.
  const attempt = () => address() && `${online()} ${address()}`;
  return (
    <span class={styles['face']} data-size={props.size}>
      <Icon name="subject" size={props.size === 'large' ? 16 : 14} />
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
}
