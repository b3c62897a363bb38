import { createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import type { AssetTile } from '../../../queries/assets.ts';
import type { ReplicaChange, TableChange } from '../../../replica/model/replica.ts';
import { createTiles, type Tiles } from './create-tiles.ts';

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

interface Given {
  readonly tiles: Tiles;
  /** The rows of the database. */
  readonly rows: Map<string, AssetTile>;
  /** The ids of each read. */
  readonly reads: string[][];
  readonly want: (ids: readonly string[]) => void;
  readonly change: (change: TableChange) => void;
}

async function withTiles(run: (given: Given) => Promise<void>): Promise<void> {
  const rows = new Map([1, 2, 3, 4].map((number) => [id(number), tile(number, 'unreviewed')]));
  const reads: string[][] = [];
  let tell: (change: ReplicaChange) => void = () => {};
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 0));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  await createRoot(async (dispose) => {
    const [wanted, want] = createSignal<readonly string[]>([id(1), id(2)]);
    const tiles = createTiles(
      {
        async query<Row extends object>(statement: { values: readonly unknown[] }) {
          const [ids] = statement.values as [string[]];
          reads.push(ids);
          return ids.flatMap((one) => rows.get(one) ?? []) as unknown as Row[];
        },
        onChange(listener) {
          tell = listener;
          return () => {};
        },
      },
      { scope: () => ({ kind: 'package', id: id(99) }), wanted, known: () => null },
    );
    const change = (one: TableChange) => tell({ tables: new Map([['assets', one]]) });
    await run({ tiles, rows, reads, want, change }).finally(dispose);
  });
  vi.unstubAllGlobals();
}

function tile(number: number, status: AssetTile['review_status']): AssetTile {
  return { id: id(number), name: `${number}.png`, review_status: status, tags: [] } as unknown as AssetTile;
}

const named = (...numbers: number[]): TableChange => ({
  packages: null,
  columns: new Set(['review_status']),
  assets: { ids: new Set(numbers.map(id)), packages: new Set() },
});

test('createTiles: reads only the tiles that it lacks when the screen moves on', async () => {
  await withTiles(async ({ tiles, reads, want }) => {
    await vi.waitFor(() => expect(tiles.get(id(2))).toBeDefined());
    want([id(2), id(3)]);
    await vi.waitFor(() => expect(tiles.get(id(3))).toBeDefined());
    expect(tiles.get(id(1))).toBeUndefined();
    expect(reads).toEqual([[id(1), id(2)], [id(3)]]);
  });
});

test('createTiles: reads what a change names, or all when it names none, and keeps the identity of the rest', async () => {
  await withTiles(async ({ tiles, rows, reads, change }) => {
    await vi.waitFor(() => expect(tiles.get(id(2))).toBeDefined());
    const first = tiles.get(id(1));
    rows.set(id(2), tile(2, 'approved'));
    change(named(2, 4));
    await vi.waitFor(() => expect(tiles.get(id(2))?.review_status).toBe('approved'));
    expect(reads.at(-1)).toEqual([id(2)]);
    change(named(4));
    rows.set(id(2), tile(2, 'rejected'));
    change({ packages: null, columns: null });
    await vi.waitFor(() => expect(tiles.get(id(2))?.review_status).toBe('rejected'));
    expect(reads.at(-1)).toEqual([id(1), id(2)]);
    expect(reads).toHaveLength(3);
    expect(tiles.get(id(1))).toBe(first);
  });
});

test('createTiles: drops a tile whose asset is gone, and refreshes what it is asked for', async () => {
  await withTiles(async ({ tiles, rows, reads }) => {
    await vi.waitFor(() => expect(tiles.get(id(2))).toBeDefined());
    rows.delete(id(1));
    await tiles.refresh(new Set([id(1), id(4)]));
    expect(tiles.get(id(1))).toBeUndefined();
    expect(reads.at(-1)).toEqual([id(1)]);
  });
});
