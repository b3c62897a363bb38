/** Compares the readers' rows with the actual history. */
import type { ChangesOnly } from './changes-only.ts';
import type { History } from './history.ts';
import type { CommittedTransaction } from './oracle.ts';
import type { Observation, Reader } from './reader.ts';
import type { World } from './world.ts';

/**
 * Advances the history by the transactions, and compares it on the way with every observation made since the last call.
 *
 * @throws Error naming the reader, the LSN and the rows that differ.
 */
export function verify(
  { history, readers: all, xids, interrupted }: World,
  transactions: readonly CommittedTransaction[],
): void {
  const readers = [...all];
  const observations = readers
    .flatMap((reader) => reader.observations.map((observation) => ({ reader, observation })))
    .sort((a, b) => compare(a.observation.lsn, b.observation.lsn));
  const following = new Set<ChangesOnly>();
  for (const { observation } of observations) if (observation.changesOnly) following.add(observation.changesOnly);

  let next = 0;
  const checkBefore = (lsn: bigint | null) => {
    for (; next < observations.length; next++) {
      const found = observations[next];
      if (!found || (lsn !== null && found.observation.lsn >= lsn)) return;
      checkRows(history, found.reader, found.observation);
    }
  };
  for (const transaction of transactions) {
    checkBefore(transaction.lsn);
    history.apply(transaction, [...following]);
  }
  checkBefore(null);

  for (const reader of readers) {
    checkTransactions(reader, xids);
    if (!interrupted) checkRefetches(reader, transactions);
    reader.observations = [];
    reader.refetches = [];
    reader.order.transactions = new Map();
  }
}

function checkRows(history: History, reader: Reader, { lsn, rows, changesOnly }: Observation): void {
  const state = history.state(reader.shape);
  const expected = changesOnly ? [...state].filter(([key]) => changesOnly.keys.has(key)) : [...state];
  const wrong = expected
    .filter(([key, text]) => rows.get(key) !== text)
    .map(([key, text]) => `${key}: ${shorten(rows.get(key))} instead of ${shorten(text)}`);
  const known = new Set(expected.map(([key]) => key));
  for (const key of rows.keys()) if (!known.has(key)) wrong.push(`${key}: present, but should not be`);
  if (wrong.length > 0)
    throw new Error(`${reader.name}, up to date with ${lsn}, has ${wrong.length} wrong rows:\n${wrong.join('\n')}`);
}

function checkTransactions(reader: Reader, xids: ReadonlyMap<bigint, number>): void {
  for (const [lsn, xid] of reader.order.transactions) {
    if (xids.get(lsn) !== xid)
      throw new Error(`${reader.name} received transaction ${xid} at ${lsn}, which belongs to ${xids.get(lsn)}`);
  }
}

/**
 * Checks that readers refetched only because of a TRUNCATE that they had not seen yet. A reader that was never up to date
 * may also refetch because its snapshot failed.
 */
function checkRefetches(reader: Reader, transactions: readonly CommittedTransaction[]): void {
  const { table } = reader.shape;
  const truncations = transactions.filter(({ changes }) =>
    changes.some((change) => change.kind === 'truncate' && change.tables.includes(table.name)),
  );
  for (const lsn of reader.refetches) {
    if (lsn > 0n && !truncations.some((truncation) => truncation.lsn > lsn))
      throw new Error(`${reader.name}, up to date with ${lsn}, was told to refetch without a reason`);
  }
}

function shorten(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
