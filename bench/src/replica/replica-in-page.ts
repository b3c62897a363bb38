/** Questions to the replica of an open page, as the browser's console would ask them. */
import type { Page } from 'playwright-core';

interface ReplicaInPage {
  query(statement: { text: string; values: readonly unknown[] }): Promise<unknown[]>;
  mutate(name: string, args: object): Promise<unknown>;
  onChange(listener: () => void): () => void;
}

interface WithReplica {
  readonly ingestHub: { readonly replica: ReplicaInPage };
}

/** @returns milliseconds from the question to the first frame that could show its answer. */
export function queryTime(page: Page, text: string, values: readonly unknown[]): Promise<number> {
  return page.evaluate(
    async (statement) => {
      const { replica } = (globalThis as unknown as WithReplica).ingestHub;
      const asked = performance.now();
      await replica.query(statement);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - asked;
    },
    { text, values },
  );
}

/** From now on, notes when each mutation is safe on this device; the app's own calls too. */
export async function noteMutations(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { replica } = (globalThis as unknown as WithReplica).ingestHub;
    const commits: number[] = [];
    Object.assign(globalThis, { commits });
    const mutate = replica.mutate.bind(replica);
    replica.mutate = async (...call) => {
      const result = await mutate(...call);
      commits.push(performance.timeOrigin + performance.now());
      return result;
    };
  });
}

/** @returns times of the wall clock since {@link noteMutations}, in milliseconds. */
export function committed(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { commits: number[] }).commits);
}

/**
 * Waits in the page until so many assets have the tag.
 *
 * @returns when that was, on the wall clock in milliseconds.
 */
export function tagArrives(page: Page, wanted: { readonly tag: string; readonly assets: number }): Promise<number> {
  return page.evaluate(({ tag, assets }) => {
    const { replica } = (globalThis as unknown as WithReplica).ingestHub;
    const text = 'SELECT coalesce(sum(asset_count), 0)::integer AS count FROM tag_counts WHERE tag = $1';
    return new Promise<number>((resolve, reject) => {
      let asking = false;
      let changed = false;
      const look = async () => {
        changed = true;
        if (asking) return;
        asking = true;
        // What commits while the replica counts is looked at too.
        while (changed) {
          changed = false;
          const [row] = (await replica.query({ text, values: [tag] })) as { count: number }[];
          if (row?.count !== assets) continue;
          stop();
          resolve(performance.timeOrigin + performance.now());
          return;
        }
        asking = false;
      };
      const stop = replica.onChange(() => void look().catch(reject));
      look().catch(reject);
    });
  }, wanted);
}

/** @returns when a frame first showed the tag on the tile at an index, on the wall clock in milliseconds. */
export function tagPainted(page: Page, wanted: { readonly tag: string; readonly index: number }): Promise<number> {
  return page.evaluate(
    ({ tag, index }) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const tile = document.querySelector(`[role=option][data-index="${index}"]`);
          if (tile?.textContent?.includes(tag) !== true) return void requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          port2.postMessage(null);
        };
        look();
      }),
    wanted,
  );
}
