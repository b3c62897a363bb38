import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { afterEach, expect, test, vi } from 'vitest';
import { createListeners } from '../model/listeners.ts';
import { openingStatus } from '../model/opening-status.ts';
import type { ReplicaChange, ReplicaStatus } from '../model/replica.ts';
import type { RunningReplica } from '../open/start-replica.ts';
import { FlushFailedError } from '../storage/storage-errors.ts';
import { type ConnectedReplica, connectReplica } from './connect-replica.ts';
import { serveReplica } from './serve-replica.ts';

const status: ReplicaStatus = { ...openingStatus, phase: 'ready', loadedRows: 3, upToDateAt: new Date(0) };

/** Stands in for the leader's replica: these tests cover only the channel to it. */
function leaderReplica(answers: Partial<RunningReplica>) {
  const changes = createListeners<ReplicaChange>();
  const statuses = createListeners<ReplicaStatus>();
  const replica = {
    status: () => status,
    onStatus: statuses.listen,
    onChange: changes.listen,
    ...answers,
  } as RunningReplica;
  return { replica, changes, statuses };
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function tab(name: string): ConnectedReplica {
  const replica = connectReplica(name);
  closing.push(() => replica.close());
  return replica;
}
function lead(replica: RunningReplica, name: string): () => void {
  const stop = serveReplica(replica, name);
  closing.push(stop);
  return stop;
}

test('connectReplica: a query sent before there is a leader is answered once there is one', async () => {
  const name = uuid();
  const one = tab(name);
  expect(one.status().phase).toBe('opening');
  const rows = one.query({ text: 'SELECT 1', values: [] });
  lead(leaderReplica({ query: async <Row>() => [{ at: new Date(5) }] as Row[] }).replica, name);
  expect(await rows).toEqual([{ at: new Date(5) }]);
  await expect.poll(() => one.status()).toEqual(status);
});

test('connectReplica: a mutation left unanswered by a dead leader reaches the next one under the same id', async () => {
  const name = uuid();
  const asked = Promise.withResolvers<string>();
  const stop = lead(
    leaderReplica({
      mutateAs: (id) => {
        asked.resolve(id);
        return new Promise(() => {});
      },
    }).replica,
    name,
  );
  const one = tab(name);
  const ids = [uuid()];
  const answer = one.mutate('assets.review', { ids, review_status: 'approved' });
  const id = await asked.promise;
  stop();
  lead(
    leaderReplica({
      mutateAs: async (again, mutation, args) => ({ changedIds: [again, mutation, ...args.ids] }),
    }).replica,
    name,
  );
  expect(await answer).toEqual({ changedIds: [id, 'assets.review', ...ids] });
});

test('connectReplica: asks the next leader under the same id when the database ended before it answered', async () => {
  const name = uuid();
  const asked = Promise.withResolvers<string>();
  const stop = lead(
    leaderReplica({
      async mutateAs(id) {
        asked.resolve(id);
        throw new FlushFailedError();
      },
      query: async <Row>() => [] as Row[],
    }).replica,
    name,
  );
  const one = tab(name);
  const ids = [uuid()];
  const answer = one.mutate('assets.review', { ids, review_status: 'approved' });
  const id = await asked.promise;
  // An answer to the change would have arrived before this one.
  await one.query({ text: 'SELECT 1', values: [] });
  stop();
  lead(leaderReplica({ mutateAs: async (again) => ({ changedIds: [again] }) }).replica, name);
  expect(await answer).toEqual({ changedIds: [id] });
});

test('connectReplica: an undo left unanswered by a dead leader reaches the next one as the same request', async () => {
  const name = uuid();
  const asked = Promise.withResolvers<string>();
  const stop = lead(
    leaderReplica({
      undoAs: (id) => {
        asked.resolve(id);
        return new Promise(() => {});
      },
    }).replica,
    name,
  );
  const answer = tab(name).undo();
  const id = await asked.promise;
  stop();
  lead(leaderReplica({ undoAs: async (again) => ({ label: again }) }).replica, name);
  expect(await answer).toEqual({ label: id });
});

test('connectReplica: announces a change when another leader takes over, but not for the first leader', async () => {
  const name = uuid();
  const one = tab(name);
  const heard: string[] = [];
  one.onChange(({ tables }) => heard.push(...tables.keys()));
  const stop = lead(leaderReplica({}).replica, name);
  await expect.poll(() => one.status().phase).toBe('ready');
  expect(heard).toEqual([]);
  stop();
  lead(leaderReplica({}).replica, name);
  await expect.poll(() => heard).toEqual(expect.arrayContaining(['assets', 'asset_tags', 'packages', 'projects']));
});

test('connectReplica: every tab receives changes and the status, and errors arrive as errors', async () => {
  const name = uuid();
  const { replica, changes, statuses } = leaderReplica({
    query: async () => {
      throw new Error('relation "nothing" does not exist');
    },
  });
  lead(replica, name);
  const [one, two] = [tab(name), tab(name)];
  await expect(one.query({ text: 'SELECT FROM nothing', values: [] })).rejects.toThrow('relation "nothing"');
  await expect.poll(() => two.status().phase).toBe('ready');
  const heard = [one, two].map(
    (replica) => new Promise<ReplicaChange>((resolve) => replica.onChange((change) => resolve(change))),
  );
  const change = { tables: new Map([['assets', { packages: new Set(['p']), columns: null }]]) };
  changes.tell(change);
  expect(await Promise.all(heard)).toEqual([change, change]);
  statuses.tell({ ...status, unsent: 4 });
  await expect.poll(() => [one.status().unsent, two.status().unsent]).toEqual([4, 4]);
});

test('connectReplica: asks its own worker directly while that leads, and hears its news once and in order', async () => {
  const name = uuid();
  const line = new MessageChannel();
  let next: (port: MessagePort) => void = () => {};
  const one = connectReplica(name, undefined, {
    onPort(listener) {
      next = listener;
      listener(line.port1);
    },
  });
  closing.push(() => one.close());
  const shared: unknown[] = [];
  const others = new BroadcastChannel(name);
  others.onmessage = ({ data }) => shared.push(data.kind);
  closing.push(() => others.close());
  const { replica, changes } = leaderReplica({ query: async ({ text }) => [{ text }] as never });
  const stop = serveReplica(replica, name, { own: line.port2 });
  closing.push(stop);
  await expect.poll(() => one.status().phase).toBe('ready');
  shared.length = 0;

  const heard: string[] = [];
  one.onChange(({ tables }) => heard.push(...tables.keys()));
  changes.tell({ tables: new Map([['assets', { packages: new Set(['p']), columns: null }]]) });
  const answer = one.query({ text: 'SELECT 1', values: [] }).then(() => heard.push('answer'));
  await answer;
  expect(heard).toEqual(['assets', 'answer']);
  const other = tab(name);
  expect(await other.query({ text: 'SELECT 2', values: [] })).toEqual([{ text: 'SELECT 2' }]);
  // The question went to the worker alone; the change went to the other tabs as well.
  expect(shared.filter((kind) => kind === 'question')).toHaveLength(2);
  expect(shared).toContain('change');
  expect(heard).toEqual(['assets', 'answer']);

  // The worker is replaced, and another tab's leads.
  stop();
  next(new MessageChannel().port1);
  const later = one.query({ text: 'SELECT 3', values: [] });
  lead(leaderReplica({ query: async ({ text }) => [{ text, by: 'another' }] as never }).replica, name);
  expect(await later).toEqual([{ text: 'SELECT 3', by: 'another' }]);
});

test('connectReplica: mutate fails before asking the leader when the arguments do not parse', async () => {
  const args = { ids: ['no-such-asset'], review_status: 'approved' as const };
  await expect(tab(uuid()).mutate('assets.review', args)).rejects.toMatchObject({ name: 'ZodError' });
});

test('connectReplica: does not query a leader of another version; both sides report who has to reload', async () => {
  const name = uuid();
  const notices: string[] = [];
  const asked: string[] = [];
  const { replica } = leaderReplica({
    query: async ({ text }) => {
      asked.push(text);
      return [];
    },
    notice: (text) => notices.push(text),
  });
  const stop = serveReplica(replica, name, { version: '8-old' });
  const later = connectReplica(name, '9-new');
  closing.push(() => later.close());
  const answer = later.query({ text: 'SELECT newer', values: [] });
  await expect.poll(() => later.status().problem).toContain('An older version of IngestHub is open in another tab');
  expect([...new Set(notices)]).toEqual([expect.stringContaining('reload this page')]);

  // After the old leader has gone, a leader of the right version answers the query.
  stop();
  const next = leaderReplica({ query: async <Row>() => [{ newer: true }] as Row[] });
  closing.push(serveReplica(next.replica, name, { version: '9-new' }));
  expect(await answer).toEqual([{ newer: true }]);
  expect(later.status().phase).toBe('ready');
  expect(asked).toEqual([]);

  const straggler = connectReplica(name, '8-old');
  closing.push(() => straggler.close());
  await expect.poll(() => straggler.status().problem).toContain('A newer version of IngestHub is open in another tab');
});

test('serveReplica: closes its channel to a tab when the tab ends', async () => {
  const name = uuid();
  const opened = new Set<string>();
  class CountedChannel extends BroadcastChannel {
    constructor(channel: string) {
      super(channel);
      opened.add(channel);
    }
    override close(): void {
      super.close();
      opened.delete(this.name);
    }
  }
  vi.stubGlobal('BroadcastChannel', CountedChannel);
  closing.push(() => vi.unstubAllGlobals());
  lead(leaderReplica({ query: async <Row>() => [{ at: 1 }] as Row[] }).replica, name);
  const ofLeader = opened.size;
  vi.unstubAllGlobals();
  const tabs = Array.from({ length: 5 }, () => tab(name));
  vi.stubGlobal('BroadcastChannel', CountedChannel);
  await Promise.all(tabs.map((one) => one.query({ text: 'SELECT 1', values: [] })));
  expect(opened.size).toBe(ofLeader + 5);
  for (const one of tabs.slice(1)) await one.close();
  await expect.poll(() => opened.size).toBe(ofLeader + 1);
  expect(await tabs[0]?.query({ text: 'SELECT 1', values: [] })).toEqual([{ at: 1 }]);
});

test('serveReplica: describes in words what is wrong with a mutation', async () => {
  const name = uuid();
  const { error } = mutationArgs['assets.tag'].safeParse({ ids: [uuid()], add: [''], remove: [] });
  lead(leaderReplica({ mutateAs: () => Promise.reject(error) }).replica, name);
  const answer = tab(name).mutate('assets.tag', { ids: [uuid()], add: ['hero'], remove: [] });
  await expect(answer).rejects.toThrow(/^a tag has at least one character$/);
});
