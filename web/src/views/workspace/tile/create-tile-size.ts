/** The tile size last chosen on this device. */
import { type Accessor, createSignal } from 'solid-js';
import { type TileSize, tileSize } from './tile-sizes.ts';

const KEY = 'tile-size';

export function createTileSize(): [Accessor<TileSize>, (size: TileSize) => void] {
  const [size, setSize] = createSignal<TileSize>(tileSize.safeParse(localStorage.getItem(KEY)).data ?? 'medium');
  return [
    size,
    (chosen) => {
      setSize(chosen);
      localStorage.setItem(KEY, chosen);
    },
  ];
}
