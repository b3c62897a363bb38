/** Keeps one video or sound on this device. Empty when the asset has nothing to play. */
import { createMemo, Show } from 'solid-js';
import { askToPersist } from '../../replica/tabs/persist-on-change.ts';
import { formatBytes } from '../../ui/format.ts';
import { createKept } from '../create-kept.ts';
import { forgetVideo, isWhole, keepVideo, keptVideo } from '../kept-videos.ts';
import { type VideoFacts, videoAddress } from '../video-address.ts';
import styles from './keep-video.module.css';
import { notifyNotStored } from './notify-not-stored.ts';

export function KeepVideo(props: { readonly asset: VideoFacts }) {
  const address = createMemo(() => videoAddress(props.asset));
  const id = createMemo(() => props.asset.id);
  const kept = createKept(id, async (assetId) => ({ video: await keptVideo(assetId) }));
  const video = () => kept.value()?.video ?? null;
  const change = (work: () => Promise<unknown>) => void kept.change(work).catch(notifyNotStored);
  const keep = (address: string) => {
    askToPersist();
    change(() => keepVideo(id(), address));
  };
  const sentence = () => {
    const here = video();
    if (here === null) return '';
    if (isWhole(here)) return `Kept offline, ${formatBytes(here.bytesHere)}`;
    const state = kept.state();
    const amount = `${formatBytes(here.bytesHere)} of ${formatBytes(here.file?.bytes ?? null)}`;
    if (here.refusal !== undefined) return `${amount}: ${here.refusal}`;
    if (state.at === 'full') return `${amount}: this device is full`;
    if (state.at === 'waiting') return `${amount}: the rest follows when the server is reachable again`;
    return state.at === 'failed' ? `${amount}: ${state.problem}` : `${amount} on this device`;
  };
  return (
    <Show when={kept.value() && address()} keyed>
      {(source) => (
        <div class={styles['line']}>
          <Show
            when={video() !== null}
            fallback={
              <button type="button" class="button quiet" onClick={() => keep(source)}>
                {props.asset.file_type === 'audio' ? 'Keep this sound offline' : 'Keep this video offline'}
              </button>
            }
          >
            <span role="status">{sentence()}</span>{' '}
            <button type="button" class="button quiet" onClick={() => change(() => forgetVideo(id()))}>
              Remove
            </button>
          </Show>
        </div>
      )}
    </Show>
  );
}
