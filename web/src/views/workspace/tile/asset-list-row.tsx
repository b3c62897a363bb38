/** One asset in the list view: a small picture, and a cell for each column. Recycled like a tile. */
import { createMemo, For, Show } from 'solid-js';
import { Icon } from '../../../ui/icon.tsx';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import styles from './asset-list-row.module.css';
import { AssetPicture } from './asset-picture.tsx';
import type { ListColumn, ListNames } from './list-columns.ts';
import { ReviewGlyph } from './review-glyph.tsx';
import { spokenFacts, tileTooltip } from './tile-facts.ts';

export function AssetListRow(props: {
  /** Undefined while the row is not read yet. */
  asset: ShownTile | undefined;
  domId: string | undefined;
  /** Null in a place after the last row. */
  index: number | null;
  /** The length of the whole list. */
  count: number;
  selected: boolean;
  focused: boolean;
  /** Whether a change of it waits to be sent. */
  unsent: boolean;
  fast: boolean;
  columns: readonly ListColumn[];
  names: ListNames;
}) {
  const asset = createMemo<ShownTile | undefined>((before) => props.asset ?? before);
  // A place without an asset has a title too: tiles without one wait for their row.
  const tooltip = () => (props.index === null ? '' : props.asset && tileTooltip(props.asset));
  return (
    <div
      id={props.domId}
      class={styles['row']}
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
        <Show when={asset()}>{(shown) => <AssetPicture asset={shown()} fast={props.fast} />}</Show>
      </div>
      <For each={props.columns}>
        {(column) => (
          <span class={styles['cell']} classList={{ [styles['figures'] ?? '']: column.figures ?? false }}>
            <Show when={column.sort === 'status'}>
              <ReviewGlyph status={asset()?.review_status} />
            </Show>
            <Show when={column.sort === 'name' && props.unsent}>
              <Icon name="queued" size={12} />
            </Show>
            {asset() && column.text(asset() as ShownTile, props.names)}
          </span>
        )}
      </For>
      <span class="visually-hidden">{asset() && spokenFacts(asset() as ShownTile, props.unsent)}</span>
    </div>
  );
}
