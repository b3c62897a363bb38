import { describe, expect, test } from 'vitest';
import { planFolder } from './plan-links.ts';

const ours = (target: string) => target.startsWith('/src/');

/** Plans from wanted and found entries, as 'name>target …' or 'name' for a real file; returns 'make a | keep b | …'. */
function plan(wanted: string, found: string, removesStrays = true): string {
  const parse = (text: string) =>
    text === ''
      ? []
      : text.split(' ').map((entry) => ({ name: entry.split('>')[0] ?? '', target: entry.split('>')[1] ?? null }));
  const links = parse(wanted).map(({ name, target }) => ({ assetId: name, name, target: `/src/${target ?? name}` }));
  const result = planFolder(links, parse(found), { isOurs: ours, removesStrays });
  return Object.entries(result)
    .filter(([, entries]) => entries.length > 0)
    .map(([action, entries]) => `${action} ${entries.map(({ name }: { name: string }) => name).join(' ')}`)
    .join(' | ');
}

describe('planFolder', () => {
  test.each([
    ['no entries', '', '', ''],
    ['an empty folder', 'a b', '', 'make a b'],
    ['correct links', 'a b', 'a>/src/a b>/src/b', 'keep a b'],
    ['a link to another of our files', 'a', 'a>/src/b', 'replace a'],
    ['an unwanted link', '', 'a>/src/a', 'remove a'],
    ['a link that leads elsewhere', '', 'a>/else/a', ''],
    ['a link with a similar prefix', '', 'a>/srcs/a', ''],
    ['an unrelated real file', '', 'a', ''],
    ['a real file in the way', 'a', 'a', 'collisions a'],
    ['a foreign link in the way', 'a', 'a>/else/a', 'collisions a'],
    ['two names that differ in case', 'A a', '', 'make A | collisions a'],
    ['two names that differ in composition', 'u\u0308 \u00fc', '', 'make u\u0308 | collisions \u00fc'],
    ['a name that differs in case from a linked one', 'A a', 'a>/src/a', 'keep a | collisions A'],
    ['a name that differs in case from a real file', 'A', 'a', 'collisions A'],
    ['a name whose case changed', 'A', 'a>/src/a', 'make A | remove a'],
    ['two assets with the same name', 'a a>b', '', 'make a | collisions a'],
    [
      'all cases at once',
      'a b c d',
      'a>/src/a b>/src/x c e>/src/e',
      'make d | keep a | replace b | remove e | collisions c',
    ],
  ])('planFolder: %s', (_, wanted, found, expected) => expect(plan(wanted, found)).toBe(expected));

  test('keeps links that another package of the same files may need', () => {
    expect(plan('a', 'b>/src/b a>/src/x', false)).toBe('replace a');
    expect(plan('A', 'a>/src/a', false)).toBe('collisions A');
  });

  test('names the entry in the way', () => {
    const link = { assetId: '1', name: 'a', target: '/src/a' };
    const { collisions } = planFolder([link], [{ name: 'a', target: '/else' }], {
      isOurs: ours,
      removesStrays: true,
    });
    expect(collisions[0]?.problem).toBe('a already exists and leads to /else.');
  });
});
