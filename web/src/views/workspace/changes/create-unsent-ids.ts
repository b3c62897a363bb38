/**
 * The assets with a change that waits to be sent. While the server answers, a change leaves within a fraction of a
 * second, so they are read only once some have waited longer.
 */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { type UnsentIdRow, unsentIdsQuery } from '../../../queries/unsent-ids.ts';
import type { Replica, ReplicaStatus } from '../../../replica/model/replica.ts';

const WAITED_MS = 600;
/** Rows of waiting changes beyond which reading them would keep the replica from other work. */
const MOST = 50_000;

export function createUnsentIds(
  replica: Pick<Replica, 'query'>,
  status: Accessor<Pick<ReplicaStatus, 'unsent' | 'unsentRows'>>,
): Accessor<ReadonlySet<string>> {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
  const waiting = createMemo(() => ({ changes: status().unsent, rows: status().unsentRows }), undefined, {
    equals: (a, b) => a?.changes === b.changes && a.rows === b.rows,
  });
  createEffect(() => {
    const { changes, rows } = waiting();
    if (changes === 0 || rows > MOST) {
      setIds(new Set<string>());
      return;
    }
    let over = false;
    const timer = setTimeout(async () => {
      const found = await replica.query<UnsentIdRow>(unsentIdsQuery()).catch(() => []);
      if (!over) setIds(new Set(found.map(({ id }) => id)));
    }, WAITED_MS);
    onCleanup(() => {
      over = true;
      clearTimeout(timer);
    });
  });
  return ids;
}
