/** Queries the replica of an open page, as one would in the browser's console. */
import type { Page } from 'playwright-core';

interface ReplicaInPage {
  query(statement: { text: string; values: readonly unknown[] }): Promise<unknown[]>;
  ask(question: object, asker: string): Promise<unknown>;
  mutate(name: string, args: object): Promise<unknown>;
  onChange(listener: () => void): () => void;
}

interface WithReplica {
  readonly ingestHub: { readonly replica: ReplicaInPage };
}

/** @returns milliseconds from the query to the first frame that could show its result. */
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

/** @returns milliseconds from the question to the first frame that could show its answer. */
export function askTime(page: Page, question: object): Promise<number> {
  return page.evaluate(async (asked) => {
    const { replica } = (globalThis as unknown as WithReplica).ingestHub;
    const begun = performance.now();
    await replica.ask(asked, 'bench');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - begun;
  }, question);
}

/** From now on, notes when each mutation, including the app's own, is safe on this device. */
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

/** @returns wall-clock times in milliseconds of the commits since {@link noteMutations}. */
export function committed(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { commits: number[] }).commits);
}

/**
 * Waits in the page until the given number of assets have the tag.
 *
 * @returns the wall-clock time of that moment in milliseconds.
 */
export function tagArrives(page: Page, wanted: { readonly tag: string; readonly assets: number }): Promise<number> {
  return page.evaluate(({ tag, assets }) => {
    const { replica } = (globalThis as unknown as WithReplica).ingestHub;
    const text = 'SELECT count(*)::integer AS count FROM asset_tags WHERE tag = $1';
    return new Promise<number>((resolve, reject) => {
      let asking = false;
      let changed = false;
      const look = async () => {
        changed = true;
        if (asking) return;
        asking = true;
        // Count again if something committed during the query.
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

/** @returns the wall-clock time in milliseconds when a frame first showed the tag on the tile at an index. */
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
