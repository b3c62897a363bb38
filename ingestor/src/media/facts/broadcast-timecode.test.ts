import { expect, test } from 'vitest';
import { broadcastTimecode } from './broadcast-timecode.ts';

const ixml = (rate: string, flag = 'NDF') =>
  `<BWFXML><SPEED><TIMECODE_RATE>${rate}</TIMECODE_RATE><TIMECODE_FLAG>${flag}</TIMECODE_FLAG></SPEED></BWFXML>`;

test.each([
  ['172800000', 48000, null, '01:00:00:00'],
  ['172812000', 48000, null, '01:00:00.250'],
  ['0', 44100, null, '00:00:00:00'],
  ['172812000', 48000, ixml('24/1'), '01:00:00:06'],
  ['172800000', 48000, ixml('25/1'), '01:00:00:00'],
  // An hour of clock time is 86,313 frames.
  ['172800000', 48000, ixml('24000/1001'), '00:59:56:09'],
  ['172972800', 48000, ixml('24000/1001'), '01:00:00:00'],
  // A minute of 1,800 numbers, after which two are dropped.
  ['2882880', 48000, ixml('30000/1001', 'DF'), '00:01:00;02'],
  ['172800000', 48000, ixml('30000/1001', 'DF'), '01:00:00;00'],
  ['172800000', 48000, ixml('0/0'), '01:00:00:00'],
  ['4147200000', 48000, null, null],
  ['-1', 48000, null, null],
  ['1', null, null, null],
  [null, 48000, null, null],
])('broadcastTimecode of %s samples at %s and %s is %s', (samples, rate, xml, text) =>
  expect(broadcastTimecode(samples, rate, xml)).toBe(text),
);
