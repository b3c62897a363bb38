/**
 * One asset in the grid: picture, name, and the facts that must be visible without opening it. While scrolling,
 * the same elements show one asset after another, so nothing here is recreated per asset.
 */
import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { formatDuration, formatFrameRange, formatMissingFrames } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { reviewLabels } from '../../../ui/review-status.ts';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import { AssetPlaceholder } from './asset-placeholder.tsx';
import styles from './asset-tile.module.css';
import { drawSoon, dropDrawing } from './draw-queue.ts';
import { placeholderText, thumbnailSource } from './preview-source.ts';

export function AssetTile(props: {
  /** Undefined while the row is not read yet. */
  asset: ShownTile | undefined;
  domId: string;
  index: number;
  /** The length of the whole list. */
  count: number;
  selected: boolean;
  focused: boolean;
  /** Whether the list is scrolling fast: no new picture is then requested. */
  fast: boolean;
}) {
  // While the next row is being read, the elements of the previous one stay, hidden.
  const asset = createMemo<ShownTile | undefined>((before) => props.asset ?? before);
  return (
    <div
      id={props.domId}
      class={styles['tile']}
      role="option"
      tabIndex="-1"
      aria-selected={props.selected}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      data-index={props.index}
      data-focused={props.focused}
      data-review={props.asset?.review_status}
      data-leaving={props.asset?.leaving}
      data-unread={props.asset === undefined ? true : undefined}
      title={props.asset && tooltip(props.asset)}
    >
      <div class={styles['picture']}>
        <Show when={asset()}>
          {(shown) => (
            <>
              <Picture asset={shown()} fast={props.fast} />
              <Badges asset={shown()} />
            </>
          )}
        </Show>
      </div>
      <div class={styles['name']}>{asset()?.name}</div>
      <div class={styles['tags']}>
        {[asset()?.package_name, ...(asset()?.tags ?? [])].filter((part) => part != null).join(' · ')}
      </div>
    </div>
  );
}

function Picture(props: { asset: ShownTile; fast: boolean }) {
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
  const isMissing = () => source() === null || failed() === attempt();
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
      <Show when={isMissing()}>
        <div
          class={styles['placeholder']}
          data-failed={props.asset.thumbnail_status === 'failed'}
          data-over={props.asset.placeholder !== null}
        >
          <Icon name={props.asset.file_type} size={22} />
          <span>{source() === null ? placeholderText(props.asset) : 'Picture not on this device'}</span>
        </div>
      </Show>
    </>
  );
}

function Badges(props: { asset: ShownTile }) {
  const frames = () =>
    props.asset.file_type === 'sequence' ? formatFrameRange(props.asset.first_frame, props.asset.last_frame) : null;
  return (
    <>
      <div class={styles['top']}>
        <Show when={props.asset.review_status !== 'unreviewed'}>
          <span class={styles['badge']} data-review={props.asset.review_status}>
            <Icon name={props.asset.review_status} size={12} />
            <span class="visually-hidden">{reviewLabels[props.asset.review_status]}</span>
          </span>
        </Show>
        <Show when={props.asset.picked_up_at}>
          <span class={styles['badge']}>
            <Icon name="pickedUp" size={12} />
            <span class="visually-hidden">Picked up</span>
          </span>
        </Show>
        <Show when={props.asset.problem}>
          {(problem) => (
            <span class={styles['badge']} data-problem title={problem()}>
              <Icon name="problem" size={12} />
              <span class="visually-hidden">Problem: {problem()}</span>
            </span>
          )}
        </Show>
        <Show when={props.asset.missing_since}>
          <span class={styles['badge']} data-problem>
            Not on disk
          </span>
        </Show>
      </div>
      <div class={styles['bottom']}>
        <Show when={props.asset.missing_frames}>
          {(list) => (
            <span class={styles['badge']} data-problem>
              {props.asset.file_type === 'sequence' ? formatMissingFrames(list()) : `Part ${list()} missing`}
            </span>
          )}
        </Show>
        <Show
          when={frames()}
          fallback={
            <Show when={props.asset.duration_seconds !== null}>
              <span class={styles['badge']}>{formatDuration(props.asset.duration_seconds)}</span>
            </Show>
          }
        >
          {(range) => <span class={styles['badge']}>{range()}</span>}
        </Show>
      </div>
    </>
  );
}

function tooltip(asset: ShownTile): string {
  const path = asset.package_name === null ? asset.relative_path : `${asset.package_name}/${asset.relative_path}`;
  const lines = [path, fileTypeNames[asset.file_type]];
  if (asset.missing_frames) {
    lines.push(`Missing ${asset.file_type === 'sequence' ? 'frames' : 'parts'}: ${asset.missing_frames}`);
  }
  if (asset.tags.length > 0) lines.push(`Tags: ${asset.tags.join(', ')}`);
  if (asset.picked_up_at) lines.push('Picked up');
  if (asset.missing_since) lines.push('Not on disk');
  if (asset.problem) lines.push(asset.problem);
  return lines.join('\n');
}
