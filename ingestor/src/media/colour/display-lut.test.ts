import { expect, test } from 'vitest';
import { displayCube, displayTransform } from './display-lut.ts';
import type { Rgb } from './transfer-curves.ts';

const grey = (code: number): Rgb => [code, code, code];
const eightBit = (colour: Rgb): number[] => colour.map((value) => Math.round(value * 255));

test.each([
  // Code values of ITU-R BT.2408: diffuse white (203 cd/m2), and a middle grey of 26 cd/m2.
  ['pq', 0.5807, 217],
  ['pq', 0.3795, 108],
  ['pq', 0, 0],
  ['pq', 0.7518, 255],
  ['hlg', 0.75, 217],
  ['hlg', 0.3795, 109],
  ['hlg', 1, 255],
  ['linear', 0.18, 104],
] as const)('displayTransform of %s maps a grey of %d to %i', (transfer, code, shown) => {
  const seen = eightBit(displayTransform({ transfer, primaries: 'bt2020' })(grey(code)));
  for (const value of seen) expect(Math.abs(value - shown)).toBeLessThanOrEqual(1);
});

test('displayTransform leaves Rec. 709 SDR unchanged, and keeps greys neutral in all primaries', () => {
  const same = displayTransform({ transfer: 'display', primaries: 'bt709' });
  expect(eightBit(same([0.8, 0.2, 0.4]))).toEqual([204, 51, 102]);
  for (const primaries of ['bt2020', 'p3-d65', 'p3-dci'] as const) {
    expect(eightBit(displayTransform({ transfer: 'display', primaries })(grey(0.4)))).toEqual([102, 102, 102]);
  }
});

test('displayTransform restores Rec. 709 red from its less saturated Rec. 2020 values', () => {
  // Linear red of Rec. 709 in Rec. 2020 (ITU-R BT.2087), encoded for a display.
  const code = [0.6274, 0.0691, 0.0164].map((light) => light ** (1 / 2.4)) as [number, number, number];
  const [red = 0, green = 0, blue = 0] = eightBit(displayTransform({ transfer: 'display', primaries: 'bt2020' })(code));
  expect(red).toBeGreaterThanOrEqual(254);
  expect(Math.max(green, blue)).toBeLessThan(12);
});

test('displayCube rises with its input and declares its size', () => {
  const [size, ...nodes] = displayCube({ transfer: 'pq', primaries: 'bt2020' }).trim().split('\n');
  expect([size, nodes.length, nodes[0], nodes.at(-1)]).toEqual([
    ...['LUT_3D_SIZE 33', 33 ** 3, '0.00000 0.00000 0.00000', '1.00000 1.00000 1.00000'],
  ]);
});
