import { expect, test } from 'vitest';
import { createLiveGate, type LiveGate, type ShapePosition } from './live-gate.ts';

const here: ShapePosition = { handle: 'h', offset: '5_0' };
const further: ShapePosition = { handle: 'h', offset: '9_0' };
const never = new AbortController().signal;

/** Returns whether a request at the position is let through now. */
async function passes(gate: LiveGate, position = here): Promise<boolean> {
  const giveUp = new AbortController();
  let passed = false;
  const held = gate.hold('assets', position, giveUp.signal).then(() => {
    passed = !giveUp.signal.aborted;
  });
  await new Promise(setImmediate);
  giveUp.abort();
  await held;
  return passed;
}

test('createLiveGate: hold lets a request through once for each ring when the shape has moved', async () => {
  const gate = createLiveGate();
  expect(await passes(gate)).toBe(false);
  gate.ring('assets', here);
  expect(await passes(gate)).toBe(false);
  gate.ring('assets', further);
  expect(await passes(gate)).toBe(true);
  expect(await passes(gate, { handle: 'h', offset: '12_0' })).toBe(false);
});

test('createLiveGate: ring releases a held request of its own shape only', async () => {
  const gate = createLiveGate();
  let released = false;
  const held = gate.hold('assets', here, never).then(() => {
    released = true;
  });
  gate.ring('runs', further);
  await new Promise(setImmediate);
  expect(released).toBe(false);
  gate.ring('assets', { handle: 'other', offset: '5_0' });
  await held;
});

test('createLiveGate: nudge lets the next request through without a ring', async () => {
  const gate = createLiveGate();
  gate.nudge('assets');
  expect([await passes(gate), await passes(gate)]).toEqual([true, false]);
});
