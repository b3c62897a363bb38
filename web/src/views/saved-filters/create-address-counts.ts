/** How many assets saved filters list now, as far as the mirror has their scope at hand: none is loaded for a number. */
import { type Accessor, createEffect, createSignal, createUniqueId, on, onCleanup } from 'solid-js';
import { assetQuestion } from '../../queries/asset-question.ts';
import { type PackageNameRow, scopePackagesQuery, scopeSubjectsQuery } from '../../queries/asset-scope.ts';
import { listReads } from '../../queries/assets.ts';
import type { SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { mayTouch } from '../../replica/read/table-reads.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { readAddress } from './read-address.ts';

/** Commits come in bursts, and these numbers may follow a little later than the list. */
const PAUSE_MS = 500;

/** @param addresses within the app. @returns the counts that are known, by address. */
export function createAddressCounts(addresses: Accessor<readonly string[]>): Accessor<ReadonlyMap<string, number>> {
  const { replica, ready } = useReplica();
  const asker = createUniqueId();
  const isAsked = () => ready() && addresses().length > 0;
  const library = { kind: 'library' } as const;
  const subjects = createLiveQuery<SubjectListRow>(replica, () => (isAsked() ? scopeSubjectsQuery(null) : null));
  const packages = createLiveQuery<PackageNameRow>(replica, () =>
    isAsked() ? scopePackagesQuery(library, null) : null,
  );
  const [counts, setCounts] = createSignal<ReadonlyMap<string, number>>(new Map());
  const [changes, setChanges] = createSignal(0);
  let pause: ReturnType<typeof setTimeout> | undefined;
  onCleanup(
    replica.onChange((change) => {
      if (!mayTouch(change, listReads(library))) return;
      clearTimeout(pause);
      pause = setTimeout(() => setChanges((before) => before + 1), PAUSE_MS);
    }),
  );
  let latest = 0;
  onCleanup(() => {
    clearTimeout(pause);
    latest += 1;
  });

  async function count(address: string): Promise<readonly [string, number][]> {
    const read = readAddress(address);
    if (read === null) return [];
    const names = { subjects: subjects(), packages: packages() };
    const question = assetQuestion(read.scope, read.filter, { names });
    const answer = await replica.ask(
      // Each asset is a sidecar or not, so both counts together are all of them.
      { ...question, facets: { all: { column: 'sidecar' } }, listed: false, atHand: true },
      `${asker} ${address}`,
    );
    const values = answer?.facets['all'];
    return values === undefined ? [] : [[address, values.reduce((sum, one) => sum + one.count, 0)]];
  }

  createEffect(
    on([addresses, isAsked, () => subjects(), () => packages(), changes], ([wanted, asked]) => {
      const mine = ++latest;
      if (!asked) return void setCounts(new Map());
      void Promise.all(wanted.map((address) => count(address).catch(() => []))).then((found) => {
        if (mine === latest) setCounts(new Map(found.flat()));
      });
    }),
  );
  return counts;
}
