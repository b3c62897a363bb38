/** A tile's picture: the thumbnail over its placeholder, a sound's waveform, or the reason why there is none. */
import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { Icon } from '../../../ui/icon.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import { AssetPlaceholder } from './asset-placeholder.tsx';
import styles from './asset-tile.module.css';
import { AssetWaveform } from './asset-waveform.tsx';
import { drawSoon, dropDrawing } from './draw-queue.ts';
import { placeholderText, thumbnailSource, waveformSource } from './preview-source.ts';

type PictureFacts = Pick<
  ShownTile,
  'id' | 'file_type' | 'thumbnail_status' | 'thumbnail_version' | 'waveform_version' | 'problem' | 'placeholder'
>;

export function AssetPicture(props: { asset: PictureFacts; fast: boolean }) {
  const { online } = useReplica();
  const source = createMemo(() => thumbnailSource(props.asset));
  // A requested picture stays requested; while scrolling fast, no new one is.
  const wanted = createMemo<string | null>((before) => (props.fast && before !== source() ? null : source()), null);
  // Setting a whole screen of pictures at once would delay the frame that shows the names.
  const [asked, setAsked] = createSignal<string | null>(null);
  createEffect(() => {
    const address = wanted();
    drawSoon('picture', setAsked, () => setAsked(address));
  });
  onCleanup(() => dropDrawing('picture', setAsked));
  // A failed picture is requested again once the server is reachable again.
  const [failed, setFailed] = createSignal<string | null>(null);
  const attempt = createMemo(() => `${online()} ${source()}`);
  const waveform = createMemo(() => (source() === null ? waveformSource(props.asset) : null));
  const [heard, setHeard] = createSignal<string | null>(null);
  const isMissing = () =>
    (source() === null || failed() === attempt()) && (waveform() === null || heard() !== waveform());
  // Until a picture has loaded, its element still shows the previous one.
  const [loaded, setLoaded] = createSignal<string | null>(null);
  const isShown = () => loaded() !== null && loaded() === wanted() && !isMissing();
  return (
    <>
      <Show when={props.asset.placeholder}>
        {(hash) => <AssetPlaceholder hash={hash()} hidden={isShown()} fast={props.fast} />}
      </Show>
      <Show when={asked() !== null && !isMissing() && asked()}>
        {(address) => (
          <img
            src={address()}
            alt=""
            classList={{ [styles['hidden'] ?? '']: !isShown() }}
            decoding="async"
            draggable={false}
            onLoad={(event) => setLoaded(event.currentTarget.getAttribute('src'))}
            onError={() => setFailed(attempt())}
          />
        )}
      </Show>
      <Show when={waveform()}>
        {(address) => <AssetWaveform address={address()} fast={props.fast} onDrawn={setHeard} />}
      </Show>
      <Show when={isMissing()}>
        <div
          class={styles['placeholder']}
          data-failed={props.asset.thumbnail_status === 'failed'}
          data-over={props.asset.placeholder !== null}
        >
          <Icon name={props.asset.file_type} size={20} />
          <span>{source() === null ? placeholderText(props.asset) : 'Picture not on this device'}</span>
        </div>
      </Show>
    </>
  );
}
