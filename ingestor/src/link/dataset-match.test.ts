import { describe, expect, test } from 'vitest';
import { matchDataset } from './dataset-match.ts';

/** As 'status directory (candidate score, …)'. */
function match(subject: string, directories: string): string {
  const { status, directory, candidates } = matchDataset(subject, directories === '' ? [] : directories.split(','));
  const listed = candidates.map((each) => `${each.directory} ${each.score.toFixed(2)}`);
  return [status, directory ?? '-', ...(listed.length > 0 ? [`(${listed.join(', ')})`] : [])].join(' ');
}

describe('matchDataset', () => {
  test.each([
    ['equal', 'jane_doe', 'jane_doe,john', 'matched jane_doe (jane_doe 1.00)'],
    ['case, _ and - do not count', 'Jane-Doe', 'JANE_DOE', 'matched JANE_DOE (JANE_DOE 1.00)'],
    ['a space is like _', 'Jane Doe', 'jane_doe', 'matched jane_doe (jane_doe 1.00)'],
    ['composed and decomposed letters', 'Zoe\u0308', 'zoë', 'matched zoë (zoë 1.00)'],
    ['the directory goes on', 'jane', 'jane_doe', 'matched jane_doe (jane_doe 0.90)'],
    ['the subject goes on', 'Jane Doe 2', 'jane_doe', 'matched jane_doe (jane_doe 0.90)'],
    ['equal before prefix', 'jane', 'jane_doe,jane', 'matched jane (jane 1.00, jane_doe 0.90)'],
    ['within', 'doe', 'jane_doe_old', 'review - (jane_doe_old 0.80)'],
    ['within, the other way', 'the jane doe', 'jane_doe', 'review - (jane_doe 0.80)'],
    ['alike', 'jane_doh', 'jane_doe', 'review - (jane_doe 0.88)'],
    ['alike as far as 0.75', 'abcd', 'bcde', 'review - (bcde 0.75)'],
    ['so alike that it is matched', 'jon_smith', 'john_smith', 'matched john_smith (john_smith 0.95)'],
    ['not alike', 'jane_doe', 'bob,tim', 'new jane_doe'],
    ['no directory yet', 'Jane Doe', '', 'new Jane_Doe'],
    ['a name that is no path', '../../etc', 'bob', 'new __.._etc'],
    ['two as good', 'jane', 'jane_a,jane_b', 'review - (jane_a 0.90, jane_b 0.90)'],
    ['two of one spelling', 'jane doe', 'jane_doe,Jane-Doe', 'review - (Jane-Doe 1.00, jane_doe 1.00)'],
    [
      'two of one spelling, one exactly',
      'jane_doe',
      'jane_doe,Jane-Doe',
      'matched jane_doe (Jane-Doe 1.00, jane_doe 1.00)',
    ],
    ['another number', 'subject_01', 'subject_02', 'review - (subject_02 0.90)'],
    ['a number that goes on', 'take 1', 'take_10', 'review - (take_10 0.90)'],
    ['one number with and without zeros', 'take 1', 'take_01', 'matched take_01 (take_01 0.92)'],
    ['a name of nothing but separators', '--', 'a,b', 'new --'],
    ['a directory of nothing but separators', 'jane', '_', 'new jane'],
  ])('matchDataset: %s', (_, subject, directories, expected) => expect(match(subject, directories)).toBe(expected));

  test('lists the ten best', () => {
    const directories = Array.from({ length: 30 }, (_, index) => `jane_${String.fromCharCode(97 + index)}`);
    expect(matchDataset('jane', directories).candidates).toHaveLength(10);
  });
});
