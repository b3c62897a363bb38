import { expect, test } from 'vitest';
import type { ShapeBatch } from '../model/shape-batch.ts';
import { createRounds } from './rounds.ts';

function batch(name: 'assets' | 'runs' | 'packages', upToDate = true): ShapeBatch {
  const reference = name === 'assets' ? { name, scopeId: 'p' } : { name };
  return { reference, changes: [], offset: '1_0', handle: 'h', upToDateLsn: upToDate ? 1n : null };
}

const until = new AbortController().signal;

function recorded() {
  const applied: string[][] = [];
  const rounds = createRounds(async (batches) => {
    applied.push(batches.map(({ reference }) => reference.name));
  });
  return { applied, rounds };
}

test('createRounds: applies shapes together when they catch up at the same time', async () => {
  const { applied, rounds } = recorded();
  rounds.begin('assets?project=p');
  rounds.begin('runs');
  await Promise.all([rounds.deliver(batch('runs'), until), rounds.deliver(batch('assets'), until)]);
  expect(applied).toEqual([['runs', 'assets']]);
});

test('createRounds: end releases the batches that waited for a shape', async () => {
  const { applied, rounds } = recorded();
  rounds.begin('assets?project=p');
  const delivered = rounds.deliver(batch('runs'), until);
  expect(applied).toEqual([]);
  rounds.end('assets?project=p');
  await delivered;
  expect(applied).toEqual([['runs']]);
});

test('createRounds: a chunk of a first load waits for no shape and releases no other batch early', async () => {
  const { applied, rounds } = recorded();
  rounds.begin('runs');
  const waiting = rounds.deliver(batch('packages'), until);
  await rounds.deliver(batch('assets', false), until);
  expect(applied).toEqual([['assets']]);
  rounds.end('runs');
  await waiting;
  expect(applied).toEqual([['assets'], ['packages']]);
});

test('createRounds: a batch that arrives during a round waits for its shapes until they are held, or deliver again', async () => {
  const applied: string[][] = [];
  const begun = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  const rounds = createRounds(async (batches) => {
    applied.push(batches.map(({ reference }) => reference.name));
    begun.resolve();
    await stored.promise;
  });
  const first = [rounds.deliver(batch('assets'), until)];
  await begun.promise;
  // A second transaction moved both shapes, and the rows of one are here while the first is being applied.
  const second = [rounds.deliver(batch('runs'), until)];
  stored.resolve();
  await Promise.all(first);
  rounds.begin('assets?project=p');
  second.push(rounds.deliver(batch('assets'), until));
  await Promise.all(second);
  expect(applied).toEqual([['assets'], ['runs', 'assets']]);

  const third = rounds.deliver(batch('packages'), until);
  rounds.end('runs');
  rounds.end('assets?project=p');
  await third;
  expect(applied.at(-1)).toEqual(['packages']);
});

test('createRounds: stops waiting for a shape that never arrives', async () => {
  const applied: string[] = [];
  const rounds = createRounds(async ([first]) => {
    applied.push(first?.reference.name ?? '');
  }, 10);
  rounds.begin('runs');
  await rounds.deliver(batch('packages'), until);
  expect(applied).toEqual(['packages']);
});

test('createRounds: does not apply the batch of an ended stream', async () => {
  const { applied, rounds } = recorded();
  const refetched = new AbortController();
  rounds.begin('runs');
  const waiting = rounds.deliver(batch('assets'), refetched.signal);
  refetched.abort();
  await rounds.deliver(batch('runs'), until);
  await waiting;
  expect(applied).toEqual([['runs']]);
});

test('createRounds: reports a failed round to its deliverers and continues with the next', async () => {
  const rounds = createRounds(async (batches) => {
    if (batches.some(({ reference }) => reference.name === 'runs')) throw new Error('disk full');
  });
  await expect(rounds.deliver(batch('runs'), until)).rejects.toThrow('disk full');
  await rounds.deliver(batch('packages'), until);
});
