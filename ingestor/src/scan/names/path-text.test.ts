import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { describe, expect, test } from 'vitest';
import { textOfName } from './path-text.ts';

const bytes = (...values: (number | string)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.from([value]))));

describe('textOfName', () => {
  test.each<[string, Buffer, string]>([
    ['ASCII', bytes('a.mov'), 'a.mov'],
    ['other scripts and emoji', bytes('日本語 ü 👩‍🚀.mov'), '日本語 ü 👩‍🚀.mov'],
    ['decomposed letters', bytes('u\u0308'), 'u\u0308'],
    ['line breaks and control characters', bytes('a\n\t\u0001\u007f'), 'a\n\t\u0001\u007f'],
    ['a genuine replacement character', bytes('a\ufffd'), 'a\ufffd'],
    ['a byte order mark', bytes('\ufeffa'), '\ufeffa'],
    ['a Latin-1 letter', bytes('caf', 0xe9, '.mov'), 'caf\uefe9.mov'],
    ['a character that was cut', bytes('a', 0xe2, 0x82), 'a\uefe2\uef82'],
    ['a surrogate in UTF-8', bytes(0xed, 0xa0, 0x80), '\uefed\uefa0\uef80'],
    ['a NUL in two bytes', bytes(0xc0, 0x80), '\uefc0\uef80'],
    ['both side by side', bytes(0xff, 'ü', 0x80, '\ufffd'), '\uefffü\uef80\ufffd'],
    ['a character that stands for a byte', bytes('\uef80'), '\uefee\uefbe\uef80'],
    ['the neighbours of those characters', bytes('\uef7f\uf000'), '\uef7f\uf000'],
  ])('textOfName: %s', (_, name, text) => {
    expect(textOfName(name)).toBe(text);
    expect(Buffer.from(diskPath(text))).toEqual(name);
  });
});

test('diskPath returns text whenever that is lossless', () => {
  expect(diskPath('ü/日本\ufffd')).toBe('ü/日本\ufffd');
  expect(diskPath('ü/\uefff')).toEqual(bytes('ü/', 0xff));
});

test('diskPath restores the bytes of any name, and no two names share a text', () => {
  // Favour bytes that begin, continue or break characters, including the private-use ones.
  const alphabet = [0x41, 0x80, 0xbe, 0xbf, 0xc3, 0xe2, 0xed, 0xee, 0xef, 0xf0, 0xff];
  const texts = new Map<string, string>();
  for (let round = 0; round < 5_000; round += 1) {
    const random = randomBytes(1 + (round % 12));
    const name = round % 2 === 0 ? random : random.map((byte) => alphabet[byte % alphabet.length] ?? 0);
    const text = textOfName(Buffer.from(name));
    expect(text.isWellFormed()).toBe(true);
    expect(Buffer.from(diskPath(text)).equals(name)).toBe(true);
    const hex = Buffer.from(name).toString('hex');
    expect(texts.get(text) ?? hex).toBe(hex);
    texts.set(text, hex);
    if (isUtf8(name) && !/[\uef80-\uefff]/.test(text)) expect(text).toBe(Buffer.from(name).toString());
  }
});
