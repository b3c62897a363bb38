/** Buttons for the sizes of the tiles and the list view. */
import { For } from 'solid-js';
import { Icon } from '../../../ui/icon.tsx';
import { type TileSize, tileSize } from './tile-sizes.ts';

const sizeNames = { small: 'Small tiles', medium: 'Medium tiles', large: 'Large tiles', list: 'List' } as const;

export function TileSizeButtons(props: { size: TileSize; onSize: (size: TileSize) => void }) {
  return (
    <fieldset class="segmented" aria-label="Tile size">
      <For each={tileSize.options}>
        {(size) => (
          <button
            type="button"
            aria-label={sizeNames[size]}
            title={sizeNames[size]}
            aria-pressed={props.size === size}
            onClick={() => props.onSize(size)}
          >
            <Icon name={size} size={14} />
          </button>
        )}
      </For>
    </fieldset>
  );
}
