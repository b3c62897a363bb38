import { describe, expect, test } from 'vitest';
import { isFolderName, newDirectoryName, pathComponent } from './path-component.ts';

describe('pathComponent', () => {
  test.each([
    ['Second day', 'Second day'],
    ['日本 – ü', '日本 – ü'],
    ['u\u0308', 'ü'],
    ['..', '_'],
    ['.', '_'],
    ['../../etc', '__.._etc'],
    ['/absolute', '_absolute'],
    ['a/b\\c', 'a_b_c'],
    ['.hidden', '_hidden'],
    ['...', '_'],
    ['', '_'],
    ['   ', '_'],
    ['ends in dots. .', 'ends in dots'],
    ['a\nb\0c', 'a_b_c'],
    ['\ud800', '_'],
    ['nul', '_nul'],
    ['COM1.txt', '_COM1.txt'],
    ['console', 'console'],
    ['what? "this": <that>|*', 'what_ _this__ _that___'],
  ])('pathComponent(%j) is %j', (name, expected) => expect(pathComponent(name)).toBe(expected));

  test('shortens long names between characters, and keeps them distinct', () => {
    const [one, other] = [`${'ü👩'.repeat(100)}1`, `${'ü👩'.repeat(100)}2`].map(pathComponent);
    expect(one).toMatch(/^(?:ü👩)+ü?-[0-9a-f]{8}$/u);
    expect(Buffer.byteLength(one ?? '')).toBeLessThanOrEqual(200);
    expect(one).not.toBe(other);
  });
});

test('newDirectoryName replaces white space', () => expect(newDirectoryName(' Jane  van\tDoe ')).toBe('Jane_van_Doe'));

test.each([
  ['jane doe (old)', true],
  ['a:b', true],
  ['', false],
  ['.', false],
  ['..', false],
  ['../x', false],
  ['a/b', false],
  ['/', false],
  ['a\0', false],
  ['x'.repeat(256), false],
])('isFolderName(%j) is %j', (text, expected) => expect(isFolderName(text)).toBe(expected));
