/** Holds the table against the writer: each state that a row has, and each event that reaches the writer. */
import type { WireError } from '@ingesthub/schema/values/errors.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { nextState } from '../model/state-table.ts';
import { createTestReplica, type TestReplica } from '../testing/test-replica.ts';
import { one, three, threeAssets, two } from '../testing/three-assets.ts';
import { isToSend, type OutboxEvent, type OutboxState, outboxStates, storedState } from './outbox-states.ts';

const error: WireError = { code: 'forbidden', message: 'Not yours.' };
let replica: TestReplica;
let library: ReturnType<typeof threeAssets>;
beforeAll(async () => {
  replica = await createTestReplica();
  library = threeAssets(replica);
  await library.load();
});
// A mutation that still waits would hold up later ones of the same rows.
afterEach(() => replica.writer.reject(new Map(replica.writer.pending.map(({ mutation }) => [mutation.id, error]))));
afterAll(() => replica.database.close());

type StoredState = Exclude<OutboxState, 'alone' | 'answered'>;
type StoredEvent = Exclude<OutboxEvent, 'requestRejected' | 'answered'>;

/** Past the first load. */
let lsn = 10n;
const occur: Readonly<Record<StoredEvent, (id: string) => Promise<unknown>>> = {
  acknowledged: (id) => replica.writer.apply([library.acknowledgement(id, ++lsn)]),
  shapesArrived: () => replica.writer.apply([library.tagged(++lsn, ['insert', one, `theirs ${lsn}`])]),
  rejected: (id) => replica.writer.reject(new Map([[id, error]])),
  retried: (id) => replica.writer.retryRejected(id),
  discarded: (id) => replica.writer.discardRejected(id),
};

/** The events that bring a mutation into a state. */
const way: Readonly<Record<StoredState, readonly StoredEvent[]>> = {
  queued: [],
  acknowledged: ['acknowledged'],
  rejected: ['rejected'],
  gone: ['acknowledged', 'shapesArrived'],
};

function stateOf(id: string): OutboxState {
  const pending = replica.writer.pending.find(({ mutation }) => mutation.id === id);
  if (pending) return storedState(pending);
  return replica.writer.rejected.some((rejected) => rejected.id === id) ? 'rejected' : 'gone';
}

const cases = Object.keys(way).flatMap((state) =>
  Object.keys(occur).map((event) => ({ state: state as StoredState, event: event as StoredEvent })),
);

test.for(cases)(
  'outboxStates: the writer does what the table says of “$event” when $state',
  async ({ state, event }) => {
    const id = await library.tag([one], ['hero']);
    for (const step of way[state]) await occur[step](id);
    expect(stateOf(id)).toBe(state);
    await occur[event](id);
    expect(stateOf(id)).toBe(nextState(outboxStates, state, event));
  },
);

test('outboxStates: the states of rows survive a reload', async () => {
  const acknowledged = await library.tag([one], ['hero']);
  const rejected = await library.tag([two], ['hero']);
  const queued = await library.tag([three], ['hero']);
  await occur.acknowledged(acknowledged);
  await occur.rejected(rejected);
  await replica.reopen();
  expect([queued, acknowledged, rejected].map(stateOf)).toEqual(['queued', 'acknowledged', 'rejected']);
});

test('outboxStates: requests carry only mutations that wait to be sent, and people act only on rejected ones', () => {
  for (const [state, row] of Object.entries(outboxStates)) {
    const { requestRejected, answered, retried, discarded } = row;
    if (!isToSend(state as OutboxState)) expect([state, answered]).toEqual([state, 'ignored']);
    if (state !== 'queued') expect(['error', 'ignored']).toContain(requestRejected);
    const ends = state === 'rejected' ? 'gone' : 'ignored';
    expect([state, retried, discarded]).toEqual([state, ends, ends]);
  }
});
