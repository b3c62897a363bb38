import { createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { type AssetFilter, emptyAssetFilter } from '../../../queries/asset-filter.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { createAssetOrder, type LiveOrder } from './create-asset-order.ts';

const packageId = '01900000-0000-7000-8000-000000000021';

interface Given {
  readonly order: LiveOrder;
  readonly setFilter: (filter: AssetFilter) => void;
  /** Resolves with the read of that number, once it has been requested. */
  readonly read: (number: number) => Promise<PromiseWithResolvers<unknown>>;
}

/** Creates an order whose reads the test answers. */
function withOrder(run: (given: Given) => Promise<void>): Promise<void> {
  const reads: PromiseWithResolvers<unknown>[] = [];
  const replica: Pick<Replica, 'query' | 'onChange'> = {
    query: async <Row extends object>() => {
      const read = Promise.withResolvers<unknown>();
      reads.push(read);
      return (await read.promise) as Row[];
    },
    onChange: () => () => {},
  };
  return createRoot(async (dispose) => {
    const [filter, setFilter] = createSignal(emptyAssetFilter);
    const input = () => ({ packageId, filter: filter(), indexed: true });
    const order = createAssetOrder(replica, input, { counted: () => 1 });
    const read = (number: number) =>
      vi.waitFor(() => {
        const found = reads[number];
        if (!found) throw new Error(`Read ${number} has not been requested.`);
        return found;
      });
    await run({ order, setFilter, read }).finally(dispose);
  });
}

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

test('createAssetOrder: untilWhole resolves with false when the filter changes before the order is whole', async () => {
  await withOrder(async ({ order, setFilter, read }) => {
    const first = order.untilWhole();
    const late = await read(0);
    setFilter({ ...emptyAssetFilter, problem: true });
    expect(await first).toBe(false);
    const second = order.untilWhole();
    late.resolve([{ ids: id(1) }]);
    (await read(1)).resolve([{ ids: id(2) }]);
    expect(await second).toBe(true);
    expect(order.order().slice(0, 9)).toEqual([id(2)]);
  });
});

test('createAssetOrder: is empty, not the order of the previous filter, when a filter’s order cannot be read', async () => {
  await withOrder(async ({ order, setFilter, read }) => {
    const asked = order.untilWhole();
    (await read(0)).resolve([{ ids: id(1) }]);
    await asked;
    setFilter({ ...emptyAssetFilter, problem: true });
    const askedAgain = order.untilWhole();
    (await read(1)).reject(new Error('The disk is full.'));
    expect(await askedAgain).toBe(false);
    expect(order.order().length).toBe(0);
    expect(order.error()?.message).toBe('The disk is full.');
    expect(await order.untilWhole()).toBe(false);

    order.retry();
    const retried = order.untilWhole();
    (await read(2)).resolve([{ ids: id(2) }]);
    expect(await retried).toBe(true);
    expect(order.error()).toBeNull();
    expect(order.order().slice(0, 9)).toEqual([id(2)]);
  });
});
