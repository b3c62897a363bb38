import { expect, test } from 'vitest';
import { parsePpm } from './ppm.ts';

const picture = (header: string, bytes: number) => Buffer.concat([Buffer.from(header), Buffer.alloc(bytes, 7)]);

test.each(['P6\n2 1\n255\n', 'P6\n# by a program\n2 1\n255\n'])('parsePpm reads %j', (header) => {
  expect(parsePpm(picture(header, 6))).toEqual({ width: 2, height: 1, channels: 3, data: Buffer.alloc(6, 7) });
});

test.each([
  ['P6\n2 1\n255\n', 5],
  ['P5\n2 1\n255\n', 6],
  ['P6\n0 0\n255\n', 0],
  ['P6\n2 1\n65535\n', 12],
])('parsePpm rejects %j with %i bytes', (header, bytes) => expect(parsePpm(picture(header, bytes))).toBeNull());
