import { expect, test } from 'vitest';
import { derivativeKey, derivativePath, isDerivativeKey } from './derivatives.ts';

test.each([
  ['thumbnail', {}, 'ab12-thumbnail-2-mov.webp'],
  ['sprite', { height: 540 }, 'ab12-sprite-2-mov.jpg'],
  ['waveform', {}, 'ab12-waveform-1-mov.json'],
  ['proxy', {}, 'ab12-proxy-3-mov.mp4'],
  ['proxy', { height: 720 }, 'ab12-proxy-3-mov.mp4'],
  ['proxy', { height: 540 }, 'ab12-proxy-3-mov-540.mp4'],
  ['proxy', { frameRate: { numerator: 24000, denominator: 1001 } }, 'ab12-proxy-3-mov-24000.1001fps.mp4'],
] as const)('derivativeKey of a %s with %j is %s', (kind, options, key) => {
  expect(derivativeKey(kind, { hash: 'ab12', extension: 'mov' }, options)).toBe(key);
  expect(derivativePath(key)).toBe(`ab/${key}`);
});

test('derivativeKey tells pictures apart whose hash is equal, by their extension or their time', () => {
  const of = (extension: string, modifiedNs?: bigint) =>
    derivativeKey('thumbnail', { hash: 'ab12', extension, ...(modifiedNs === undefined ? {} : { modifiedNs }) });
  const keys = [of('exr'), of('qt'), of('exr', 1n), of('exr', -1n), of('exr', 2n)];
  expect(new Set(keys).size).toBe(keys.length);
});

test('isDerivativeKey accepts every key and nothing else', () => {
  const hash = 'ab12'.repeat(16);
  const frameRate = { numerator: 24000, denominator: 1001 };
  for (const kind of ['thumbnail', 'sprite', 'waveform', 'proxy'] as const) {
    for (const extension of ['mov', '3g2', 'j2k']) {
      const content = { hash, extension, modifiedNs: -12345n };
      expect(isDerivativeKey(derivativeKey(kind, content, { height: 540, frameRate }))).toBe(true);
    }
  }
  expect(isDerivativeKey(`${hash}-thumbnail-2.webp`), 'a key without an extension, from before').toBe(true);
  for (const name of [`${hash}-notes-1.json`, `${hash}-proxy-3.mp4.part`, `${hash}.webp`, 'ab12-thumbnail-2.webp']) {
    expect(isDerivativeKey(name)).toBe(false);
  }
});
