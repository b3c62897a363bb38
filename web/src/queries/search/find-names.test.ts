import { describe, expect, test } from 'vitest';
import { NameIndex, nearestSpelling } from './find-names.ts';

interface Thing {
  readonly name: string;
  readonly around: readonly string[];
  readonly at: number;
}

function thing(name: string, { around = [], at = 0 }: { around?: string[]; at?: number } = {}): Thing {
  return { name, around, at };
}
const names = (things: readonly Thing[], text: string) =>
  new NameIndex(things).find(text, ({ at }) => at).map(({ thing: { name } }) => name);

describe('NameIndex.find', () => {
  test('takes separators for spaces, and words in any order', () => {
    const things = [thing('JANE_DOE'), thing('jane-roe'), thing('doe.john')];
    expect(names(things, 'jane doe')).toEqual(['JANE_DOE']);
    expect(names(things, 'doe jane')).toEqual(['JANE_DOE']);
    expect(names(things, 'Jane.DOE')).toEqual(['JANE_DOE']);
    expect(names(things, 'jane-')).toEqual(['JANE_DOE', 'jane-roe']);
  });

  test('folds case and accents on both sides', () => {
    const things = [thing('Zoë_Müller'), thing('ΟΔΟΣ'), thing('zoe\u0301')];
    expect(names(things, 'zoe muller')).toEqual(['Zoë_Müller']);
    expect(names(things, 'ZÓE')).toEqual(['zoe\u0301', 'Zoë_Müller']);
    expect(names(things, 'οδος')).toEqual(['ΟΔΟΣ']);
  });

  test('ranks the whole name, its beginning, the beginning of a word, a part, and a typing error', () => {
    const things = [thing('plte'), thing('templates'), thing('hero_plate'), thing('plates'), thing('PLATE')];
    expect(names(things, 'plate')).toEqual(['PLATE', 'plates', 'hero_plate', 'templates', 'plte']);
  });

  test('puts the newest first among equals', () => {
    const things = [thing('day_01', { at: 1 }), thing('day_03', { at: 3 }), thing('day_02', { at: 2 })];
    expect(names(things, 'day')).toEqual(['day_03', 'day_02', 'day_01']);
  });

  test('finds a word in the names around, but not all of them there', () => {
    const harbour = thing('HARBOUR_DAY02', { around: ['Harbour', 'JANE_DOE'] });
    expect(names([harbour], 'jane day02')).toEqual(['HARBOUR_DAY02']);
    expect(names([harbour], 'jane')).toEqual([]);
    const direct = thing('jane day02');
    expect(names([harbour, direct], 'day02 jane')).toEqual(['jane day02', 'HARBOUR_DAY02']);
  });

  test('forgives a typing error beside a word that is right', () => {
    expect(names([thing('JANE_DOE'), thing('JOHN_DOE')], 'jnae doe')).toEqual(['JANE_DOE']);
    expect(names([thing('DAY02'), thing('DAY03')], 'day02')).toEqual(['DAY02']);
  });

  test('forgives typing errors among very many names only where nothing else is found', () => {
    const many = Array.from({ length: 6000 }, (_, at) => thing(`take_${at}`));
    expect(names([...many, thing('plate'), thing('palte')], 'plate')).toEqual(['plate']);
    expect(names([...many, thing('plate')], 'palte')).toEqual(['plate']);
  });

  test('finds nothing for a text without a word', () => {
    expect(names([thing('a'), thing('-')], ' _-. ')).toEqual([]);
  });
});

test('nearestSpelling: corrects the words that no name has, and leaves out those that are near to none', () => {
  const indexes = [new NameIndex([thing('HARBOUR_DAY02')]), new NameIndex([thing('Kestrel')])];
  expect(nearestSpelling('kestle', indexes)).toBe('kestrel');
  expect(nearestSpelling('harbuor day09', indexes)).toBe('harbour day02');
  expect(nearestSpelling('xyz kestrel', indexes)).toBe('kestrel');
  expect(nearestSpelling('harbour', indexes)).toBeNull();
  expect(nearestSpelling('xyz', indexes)).toBeNull();
});
