import { expect, test } from 'vitest';
import { derivativeKey, derivativePath, isDerivativeKey } from './derivatives.ts';

test.each([
  ['thumbnail', {}, 'ab12-thumbnail-2.webp'],
  ['sprite', { height: 540 }, 'ab12-sprite-2.jpg'],
  ['waveform', {}, 'ab12-waveform-1.json'],
  ['proxy', {}, 'ab12-proxy-3.mp4'],
  ['proxy', { height: 720 }, 'ab12-proxy-3.mp4'],
  ['proxy', { height: 540 }, 'ab12-proxy-3-540.mp4'],
  ['proxy', { frameRate: { numerator: 24000, denominator: 1001 } }, 'ab12-proxy-3-24000.1001fps.mp4'],
] as const)('derivativeKey of a %s with %j is %s', (kind, options, key) => {
  expect(derivativeKey(kind, 'ab12', options)).toBe(key);
  expect(derivativePath(key)).toBe(`ab/${key}`);
});

test('isDerivativeKey accepts every key and nothing else', () => {
  const hash = 'ab12'.repeat(16);
  const frameRate = { numerator: 24000, denominator: 1001 };
  for (const kind of ['thumbnail', 'sprite', 'waveform', 'proxy'] as const) {
    expect(isDerivativeKey(derivativeKey(kind, hash, { height: 540, frameRate }))).toBe(true);
  }
  for (const name of [`${hash}-notes-1.json`, `${hash}-proxy-3.mp4.part`, `${hash}.webp`, 'ab12-thumbnail-2.webp']) {
    expect(isDerivativeKey(name)).toBe(false);
  }
});
