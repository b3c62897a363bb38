import { expect, test } from 'vitest';
import {
  createLiveGate,
  type LiveGate,
  type News,
  type Ring,
  type ShapePosition,
  type ShapeTail,
} from './live-gate.ts';

const here: ShapePosition = { handle: 'h', offset: '5_0' };
const further: ShapePosition = { handle: 'h', offset: '9_0' };
const tail: ShapeTail = { from: '5_0', messages: '["from 5 to 9"]' };
const never = new AbortController().signal;

function ringOf(position: ShapePosition, carried: ShapeTail | null = null, reference = 'assets'): Ring {
  return { reference, position, tail: carried };
}

/** Returns how a request at the position is let through now. */
async function passage(gate: LiveGate, position = here): Promise<News | 'fetches' | 'held'> {
  const giveUp = new AbortController();
  let held = false;
  const passing = gate.hold('assets', position, giveUp.signal, () => {
    held = true;
  });
  if (held) giveUp.abort();
  const news = await passing;
  return held ? 'held' : (news ?? 'fetches');
}

test('createLiveGate: hold lets a request through once for each ring when the shape has moved', async () => {
  const gate = createLiveGate();
  expect(await passage(gate)).toBe('held');
  gate.ring([ringOf(here)]);
  expect(await passage(gate)).toBe('held');
  gate.ring([ringOf(further)]);
  expect(await passage(gate)).toBe('fetches');
  expect(await passage(gate, { handle: 'h', offset: '12_0' })).toBe('held');
});

test('createLiveGate: ring releases held requests of its own shapes only, all of them before any goes on', async () => {
  const gate = createLiveGate();
  const released: string[] = [];
  const holding = ['assets', 'asset_tags', 'runs'].map((reference) =>
    gate.hold(reference, here, never, () => {}).then(() => released.push(reference)),
  );
  gate.ring([ringOf({ handle: 'other', offset: '5_0' }), ringOf(further, null, 'asset_tags')]);
  await Promise.all(holding.slice(0, 2));
  expect(released).toEqual(['assets', 'asset_tags']);
});

test('createLiveGate: nudge lets the next request through without a ring, and has it fetched despite one', async () => {
  const gate = createLiveGate();
  gate.nudge('assets');
  expect([await passage(gate), await passage(gate)]).toEqual(['fetches', 'held']);
  gate.nudge('assets');
  gate.ring([ringOf(further, tail)]);
  expect([await passage(gate), await passage(gate)]).toEqual(['fetches', 'held']);
});

test('createLiveGate: the messages of a ring answer the request at the position before them, once', async () => {
  const gate = createLiveGate();
  gate.ring([ringOf(further, tail)]);
  expect(await passage(gate)).toEqual({ offset: '9_0', messages: '["from 5 to 9"]' });
  expect(await passage(gate)).toBe('held');
});

test.each<[string, ShapePosition, Ring]>([
  ['an earlier position, as after a lost ring', { handle: 'h', offset: '3_0' }, ringOf(further, tail)],
  ['a later position, as after a fetch in between', { handle: 'h', offset: '7_0' }, ringOf(further, tail)],
  ['another handle, as after a refetch', { handle: 'new', offset: '5_0' }, ringOf(further, tail)],
  ['messages that were too large to ring', here, ringOf(further)],
])('createLiveGate: a request fetches at %s', async (_, position, ring) => {
  const gate = createLiveGate();
  gate.ring([ring]);
  expect(await passage(gate, position)).toBe('fetches');
  expect(await passage(gate, position)).toBe('held');
});

test('createLiveGate: of two rings between two requests, the messages of the later one do not answer the first', async () => {
  const gate = createLiveGate();
  gate.ring([ringOf(further, tail)]);
  gate.ring([ringOf({ handle: 'h', offset: '12_0' }, { from: '9_0', messages: '["from 9 to 12"]' })]);
  expect(await passage(gate)).toBe('fetches');
});

test('createLiveGate: a reader that already has the messages of a ring waits', async () => {
  const gate = createLiveGate();
  gate.ring([ringOf(further, tail)]);
  expect(await passage(gate, further)).toBe('held');
});
