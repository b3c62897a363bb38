import { expect, test } from 'vitest';
import { timecodeText } from './timecode-text.ts';

test.each([
  [0x01020304, '01:02:03:04'],
  [0x23595923, '23:59:59:23'],
  // The drop-frame flag, and other flags around the digits.
  [0x01000042, '01:00:00;02'],
  [0x81828384, '01:02:03:04'],
  [0x2400_0000, null],
  [0x0000_6100, null],
])('timecodeText of 0x%x is %s', (packed, text) => expect(timecodeText(packed)).toBe(text));
