import { expect, test } from 'vitest';
import { FIT, type Look, panBy, placeOf, type Stage, zoomAt, zoomTo } from './look.ts';

const stage: Stage = { picture: { width: 1000, height: 500 }, frame: { width: 400, height: 400 }, density: 2 };
/** Returns the picture's pixel below a point of the frame. */
function pixelAt(look: Look, x: number, y: number): [number, number] {
  const { left, top, width, height } = placeOf(look, stage);
  return [((x - left) / width) * stage.picture.width, ((y - top) / height) * stage.picture.height];
}

test('placeOf: fits the whole picture into the middle of the frame', () => {
  expect(placeOf(FIT, stage)).toEqual({ left: 0, top: 100, width: 400, height: 200 });
});

test('zoomTo: shows one pixel of the picture on one of the screen at 1', () => {
  const look = zoomTo(FIT, 1, { x: 200, y: 200 }, stage);
  expect(placeOf(look, stage).width).toBe(500);
});

test('zoomAt: keeps the pixel below the pointer', () => {
  const once = zoomAt(FIT, 4, { x: 120, y: 180 }, stage);
  const before = pixelAt(FIT, 120, 180);
  const after = pixelAt(once, 120, 180);
  expect(after[0]).toBeCloseTo(before[0], 6);
  expect(after[1]).toBeCloseTo(before[1], 6);
  const twice = zoomAt(once, 2, { x: 300, y: 220 }, stage);
  expect(pixelAt(twice, 300, 220)[0]).toBeCloseTo(pixelAt(once, 300, 220)[0], 6);
});

test('zoomAt: goes beyond 1:1, and has an end', () => {
  const near = zoomAt(FIT, 1000, { x: 200, y: 200 }, stage);
  expect(near.scale).toBe(16);
});

test('zoomAt: fits again when it gets as small as the frame', () => {
  const near = zoomAt(FIT, 3, { x: 10, y: 150 }, stage);
  expect(zoomAt(near, 1 / 4, { x: 10, y: 150 }, stage)).toEqual(FIT);
});

test('panBy: moves the picture with the pointer, and leaves no gap at its edge', () => {
  const near = zoomAt(FIT, 8, { x: 200, y: 200 }, stage);
  const before = pixelAt(near, 100, 100);
  const after = pixelAt(panBy(near, { x: 30, y: -20 }, stage), 130, 80);
  expect(after[0]).toBeCloseTo(before[0], 6);
  expect(after[1]).toBeCloseTo(before[1], 6);
  const far = placeOf(panBy(near, { x: 100_000, y: 100_000 }, stage), stage);
  expect(far.left).toBeCloseTo(0, 6);
  expect(far.top).toBeCloseTo(0, 6);
});

test('placeOf: keeps share and scale on a neighbour of another size', () => {
  const near = zoomTo(FIT, 2, { x: 300, y: 150 }, stage);
  const other = { ...stage, picture: { width: 2000, height: 2000 } };
  const place = placeOf(near, other);
  expect(place.width).toBe(2000);
  expect((200 - place.left) / place.width).toBeCloseTo(near.x, 6);
});
