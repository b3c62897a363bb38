import { createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { type AssetFilter, emptyAssetFilter } from '../../../queries/asset-filter.ts';
import { assetQuestion } from '../../../queries/asset-question.ts';
import { firstPageQuery } from '../../../queries/first-page.ts';
import { ListedIds } from '../../../replica/model/listed-ids.ts';
import type { MirroredList } from '../../../replica/model/mirror-questions.ts';
import type { Replica, ReplicaChange } from '../../../replica/model/replica.ts';
import { createAssetOrder, type LiveOrder } from './create-asset-order.ts';

const packageId = '01900000-0000-7000-8000-000000000021';

interface Given {
  readonly order: LiveOrder;
  readonly setFilter: (filter: AssetFilter) => void;
  readonly change: (change: ReplicaChange) => void;
  /** Resolves with the question of that number, once it has been asked. */
  readonly asked: (number: number) => Promise<PromiseWithResolvers<MirroredList | null>>;
  /** The read of the first page by SQL. */
  readonly firstPage: PromiseWithResolvers<{ id: string }[]>;
  readonly questions: unknown[];
  /** The function that reads by SQL. */
  readonly read: () => Promise<{ id: string }[]>;
}

/** Creates an order whose reads the test answers. */
function withOrder(run: (given: Given) => Promise<void>, indexed = true): Promise<void> {
  const questions: PromiseWithResolvers<MirroredList | null>[] = [];
  const firstPage = Promise.withResolvers<{ id: string }[]>();
  let tell: (change: ReplicaChange) => void = () => {};
  const read = vi.fn(() => firstPage.promise);
  const replica: Pick<Replica, 'ask' | 'query' | 'onChange'> = {
    query: async <Row extends object>() => (await read()) as unknown as Row[],
    ask() {
      // As the mirror does: a later question ends the one before.
      questions.at(-1)?.resolve(null);
      const question = Promise.withResolvers<MirroredList | null>();
      questions.push(question);
      return question.promise;
    },
    onChange(listener) {
      tell = listener;
      return () => {};
    },
  };
  return createRoot(async (dispose) => {
    const [filter, setFilter] = createSignal(emptyAssetFilter);
    const [input, setInput] = createSignal(inputOf(filter(), indexed));
    const order = createAssetOrder(replica, input, { reads: () => [{ table: 'assets' }], expected: () => null });
    const asked = (number: number) =>
      vi.waitFor(() => {
        const found = questions[number];
        if (!found) throw new Error(`Question ${number} has not been asked.`);
        return found;
      });
    const set = (next: AssetFilter) => {
      setFilter(next);
      setInput(inputOf(next, indexed));
    };
    await run({ order, setFilter: set, change: (one) => tell(one), asked, firstPage, questions, read }).finally(
      dispose,
    );
  });
}

function inputOf(filter: AssetFilter, indexed: boolean) {
  return {
    question: assetQuestion({ kind: 'package', id: packageId }, filter, { names: { subjects: [], packages: [] } }),
    firstPage: firstPageQuery({ kind: 'package', id: packageId }, filter, indexed),
    indexed,
  };
}

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function answer(...numbers: number[]): MirroredList {
  const order = new ListedIds(numbers.map(id));
  return { version: 1, order, sections: [], facets: {}, histograms: {}, pose: null };
}

test('createAssetOrder: untilWhole resolves with false when the filter changes before the order is whole', async () => {
  await withOrder(async ({ order, setFilter, asked }) => {
    const first = order.untilWhole();
    const late = await asked(0);
    setFilter({ ...emptyAssetFilter, text: 'problem:' });
    expect(await first).toBe(false);
    const second = order.untilWhole();
    late.resolve(answer(1));
    (await asked(1)).resolve(answer(2));
    expect(await second).toBe(true);
    expect(order.order().slice(0, 9)).toEqual([id(2)]);
  });
});

test('createAssetOrder: is empty, not the order of the previous filter, when a filter’s order cannot be read', async () => {
  await withOrder(async ({ order, setFilter, asked }) => {
    const first = order.untilWhole();
    (await asked(0)).resolve(answer(1));
    await first;
    setFilter({ ...emptyAssetFilter, text: 'problem:' });
    const second = order.untilWhole();
    (await asked(1)).reject(new Error('The disk is full.'));
    expect(await second).toBe(false);
    expect(order.order().length).toBe(0);
    expect(order.error()?.message).toBe('The disk is full.');
    expect(await order.untilWhole()).toBe(false);

    order.retry();
    const retried = order.untilWhole();
    (await asked(2)).resolve(answer(2));
    expect(await retried).toBe(true);
    expect(order.error()).toBeNull();
    expect(order.order().slice(0, 9)).toEqual([id(2)]);
  });
});

test('createAssetOrder: shows the first page by SQL until the mirror answers, and never after that', async () => {
  await withOrder(async ({ order, asked, firstPage, questions }) => {
    (await asked(0)).resolve(null);
    firstPage.resolve([{ id: id(1) }, { id: id(2) }]);
    await vi.waitFor(() => expect(order.order().length).toBe(2));
    expect(order.loading()).toBe(false);
    expect(order.whole()).toBe(false);
    expect(order.total()).toBeNull();
    const whole = order.untilWhole();
    (await asked(1)).resolve(answer(1, 2, 3));
    expect(await whole).toBe(true);
    expect(order.total()).toBe(3);
    expect(questions.length).toBe(2);
  });
  await withOrder(async ({ order, asked, firstPage }) => {
    (await asked(0)).resolve(null);
    (await asked(1)).resolve(answer(1, 2, 3));
    await order.untilWhole();
    firstPage.resolve([{ id: id(9) }]);
    await Promise.resolve();
    expect(order.order().slice(0, 9)).toEqual([id(1), id(2), id(3)]);
  });
});

test('createAssetOrder: reads no first page by SQL when the mirror has the scope at hand', async () => {
  await withOrder(async ({ order, asked, read }) => {
    (await asked(0)).resolve(answer(1, 2, 3));
    await vi.waitFor(() => expect(order.whole()).toBe(true));
    expect(order.order().length).toBe(3);
    expect(read).not.toHaveBeenCalled();
  });
});

test('createAssetOrder: asks again after a change that it reads, also one that comes while it waits', async () => {
  await withOrder(async ({ order, change, asked, questions }) => {
    const assets = { tables: new Map([['assets', { packages: null, columns: null }]]) };
    change({ tables: new Map([['projects', { packages: null, columns: null }]]) });
    change(assets);
    (await asked(0)).resolve(answer(1));
    (await asked(1)).resolve(answer(1, 2));
    await vi.waitFor(() => expect(order.order().length).toBe(2));
    expect(questions).toHaveLength(2);
    change(assets);
    change(assets);
    (await asked(2)).resolve(answer(1, 2, 3));
    await vi.waitFor(() => expect(order.order().length).toBe(3));
    expect(questions).toHaveLength(3);
  });
});

test('createAssetOrder: lists what SQL finds first, and asks the mirror nothing, during the first load', async () => {
  await withOrder(async ({ order, setFilter, firstPage, questions }) => {
    firstPage.resolve([{ id: id(1) }]);
    expect(await order.untilWhole()).toBe(true);
    expect(order.order().slice(0, 9)).toEqual([id(1)]);
    setFilter({ ...emptyAssetFilter, text: 'problem:' });
    expect(await order.untilWhole()).toBe(true);
    expect(order.order().length).toBe(0);
    expect(questions).toHaveLength(0);
  }, false);
});
