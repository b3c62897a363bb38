/**
 * One asset in the grid: picture, name, and the facts that must be visible without opening it. While scrolling,
 * the same elements show one asset after another, so nothing here is recreated per asset.
 */
import { createMemo, Show } from 'solid-js';
import { formatDuration } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import { AssetPicture } from './asset-picture.tsx';
import styles from './asset-tile.module.css';
import { ReviewGlyph } from './review-glyph.tsx';
import { frameRange, spokenFacts, tileTooltip } from './tile-facts.ts';

/** The facts that a tile shows. */
export type TileFacts = Omit<
  ShownTile,
  | 'subject_id'
  | 'camera'
  | 'size_bytes'
  | 'modified_at'
  | 'width'
  | 'height'
  | 'yaw'
  | 'pitch'
  | 'roll'
  | 'sharpness'
  | 'sprite_version'
>;

export function AssetTile(props: {
  /** Undefined while the row is not read yet. */
  asset: TileFacts | undefined;
  domId: string | undefined;
  /** Null in a place after the last asset of its row. */
  index: number | null;
  /** The length of the whole list. */
  count: number;
  selected: boolean;
  focused: boolean;
  /** Whether the list is scrolling fast: no new picture is then requested. */
  fast: boolean;
  /** The fact at the end of the caption. */
  measure?: string | undefined;
  /** Whether a change of it waits to be sent. */
  unsent?: boolean;
  /** The keys of the tags that it has. */
  keys?: string | undefined;
}) {
  // While the next row is being read, the elements of the previous one stay, hidden.
  const asset = createMemo<TileFacts | undefined>((before) => props.asset ?? before);
  // A place without an asset has a title too: tiles without one wait for their row.
  const tooltip = () => (props.index === null ? '' : props.asset && tileTooltip(props.asset));
  return (
    <div
      id={props.domId}
      class={styles['tile']}
      hidden={props.index === null}
      role="option"
      tabIndex="-1"
      aria-selected={props.selected}
      aria-posinset={(props.index ?? 0) + 1}
      aria-setsize={props.count}
      data-index={props.index ?? undefined}
      data-focused={props.focused}
      data-review={props.asset?.review_status}
      data-leaving={props.asset?.leaving}
      data-unread={props.asset === undefined ? true : undefined}
      title={tooltip()}
    >
      <div class={styles['picture']} data-picture>
        <Show when={asset()}>
          {(shown) => (
            <>
              <AssetPicture asset={shown()} fast={props.fast} />
              <Badges asset={shown()} keys={props.keys} unsent={props.unsent ?? false} />
            </>
          )}
        </Show>
      </div>
      <div class={styles['caption']}>
        <ReviewGlyph status={asset()?.review_status} />
        <span class={styles['name']}>{asset()?.name}</span>
        <span class={styles['measure']}>{props.measure}</span>
      </div>
      <span class="visually-hidden">{asset() && spokenFacts(asset() as TileFacts, props.unsent)}</span>
    </div>
  );
}

function Badges(props: { asset: TileFacts; keys: string | undefined; unsent: boolean }) {
  const frames = () => frameRange(props.asset);
  return (
    <>
      <Show when={props.asset.missing_since !== null || props.asset.problem !== null}>
        <span class={`${styles['badge']} ${styles['state']}`} data-tone={props.asset.problem === null ? 'warn' : 'bad'}>
          <Icon name={props.asset.missing_since === null ? 'damaged' : 'notOnDisk'} size={12} />
          {props.asset.missing_since === null ? 'Damaged' : 'Not on disk'}
        </span>
      </Show>
      <Show when={props.keys || props.unsent}>
        <span class={`${styles['badge']} ${styles['keys']}`}>
          {props.keys}
          <Show when={props.unsent}>
            <Icon name="queued" size={12} />
          </Show>
        </span>
      </Show>
      <Show when={props.asset.picked_up_at !== null}>
        <span class={`${styles['badge']} ${styles['work']}`} data-tone="ok">
          <Icon name="pickedUp" size={12} />
          In work
        </span>
      </Show>
      <Show when={frames() !== null || props.asset.duration_seconds !== null}>
        <span
          class={`${styles['badge']} ${styles['length']}`}
          data-tone={props.asset.missing_frames === null ? undefined : 'warn'}
        >
          {frames() ?? formatDuration(props.asset.duration_seconds)}
        </span>
      </Show>
    </>
  );
}
