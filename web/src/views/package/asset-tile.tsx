/** One asset in the grid: picture, name, and what must be seen without opening it. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import type { AssetTile as Tile } from '../../queries/assets.ts';
import { fileTypeNames } from '../../ui/asset-words.ts';
import { formatDuration, formatFrameRange, formatMissingFrames } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewLabels } from '../../ui/review-status.ts';
import styles from './asset-tile.module.css';
import { placeholderText, thumbnailSource } from './preview-source.ts';

export function AssetTile(props: {
  /** Undefined while the row is not read yet. */
  asset: Tile | undefined;
  domId: string;
  index: number;
  /** Of the whole list. */
  count: number;
  selected: boolean;
  focused: boolean;
}) {
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
      title={props.asset && tooltip(props.asset)}
    >
      <Show when={props.asset} fallback={<div class={styles['picture']} />}>
        {(asset) => (
          <>
            <div class={styles['picture']}>
              <Picture asset={asset()} />
              <Badges asset={asset()} />
            </div>
            <div class={styles['name']}>{asset().name}</div>
            <div class={styles['tags']}>
              <For each={asset().tags}>{(tag) => <span>{tag}</span>}</For>
            </div>
          </>
        )}
      </Show>
    </div>
  );
}

function Picture(props: { asset: Tile }) {
  const { status } = useReplica();
  // A picture that failed is asked for again once the server answers again.
  const [failed, setFailed] = createSignal<string | null>(null);
  const source = createMemo(() => thumbnailSource(props.asset));
  const attempt = createMemo(() => `${status().online} ${source()}`);
  return (
    <Show
      when={failed() !== attempt() && source()}
      fallback={
        <div class={styles['placeholder']} data-failed={props.asset.thumbnail_status === 'failed'}>
          <Icon name={props.asset.file_type} size={22} />
          <span>{source() === null ? placeholderText(props.asset) : 'Picture not on this device'}</span>
        </div>
      }
    >
      {(address) => (
        <img src={address()} alt="" decoding="async" draggable={false} onError={() => setFailed(attempt())} />
      )}
    </Show>
  );
}

function Badges(props: { asset: Tile }) {
  const frames = () => formatFrameRange(props.asset.first_frame, props.asset.last_frame);
  return (
    <>
      <div class={styles['top']}>
        <Show when={props.asset.review_status !== 'unreviewed'}>
          <span class={styles['badge']} data-review={props.asset.review_status}>
            <Icon name={props.asset.review_status} size={12} />
            <span class="visually-hidden">{reviewLabels[props.asset.review_status]}</span>
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
              {formatMissingFrames(list())}
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

function tooltip(asset: Tile): string {
  const lines = [asset.relative_path, fileTypeNames[asset.file_type]];
  if (asset.missing_frames) lines.push(`Missing frames: ${asset.missing_frames}`);
  if (asset.tags.length > 0) lines.push(`Tags: ${asset.tags.join(', ')}`);
  if (asset.missing_since) lines.push('Not on disk');
  if (asset.problem) lines.push(asset.problem);
  return lines.join('\n');
}
