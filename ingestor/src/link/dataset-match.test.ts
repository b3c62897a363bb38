import { describe, expect, test } from 'vitest';
import { matchDataset } from './dataset-match.ts';

/** Returns a match as 'status directory (candidate score, …)'. */
function match(subject: string, directories: string): string {
  const { status, directory, candidates } = matchDataset(subject, directories === '' ? [] : directories.split(','));
  const listed = candidates.map((each) => `${each.directory} ${each.score.toFixed(2)}`);
  return [status, directory ?? '-', ...(listed.length > 0 ? [`(${listed.join(', ')})`] : [])].join(' ');
}

describe('matchDataset', () => {
  test.each([
    ['equal', 'jane_doe', 'jane_doe,john', 'matched jane_doe (jane_doe 1.00)'],
    ['equal except for case, _ and -', 'Jane-Doe', 'JANE_DOE', 'matched JANE_DOE (JANE_DOE 1.00)'],
    ['equal except for a space and _', 'Jane Doe', 'jane_doe', 'matched jane_doe (jane_doe 1.00)'],
    ['composed and decomposed letters', 'Zoe\u0308', 'zoë', 'matched zoë (zoë 1.00)'],
    ['a longer directory', 'jane', 'jane_doe', 'matched jane_doe (jane_doe 0.90)'],
    ['a longer subject', 'Jane Doe 2', 'jane_doe', 'matched jane_doe (jane_doe 0.90)'],
    ['equal and prefix', 'jane', 'jane_doe,jane', 'matched jane (jane 1.00, jane_doe 0.90)'],
    ['contained', 'doe', 'jane_doe_old', 'review - (jane_doe_old 0.80)'],
    ['contained, the other way round', 'the jane doe', 'jane_doe', 'review - (jane_doe 0.80)'],
    ['similar', 'jane_doh', 'jane_doe', 'review - (jane_doe 0.88)'],
    ['similar to 0.75', 'abcd', 'bcde', 'review - (bcde 0.75)'],
    ['similar enough to match', 'jon_smith', 'john_smith', 'matched john_smith (john_smith 0.95)'],
    ['not similar', 'jane_doe', 'bob,tim', 'new jane_doe'],
    ['no directory yet', 'Jane Doe', '', 'new Jane_Doe'],
    ['a name that looks like a path', '../../etc', 'bob', 'new __.._etc'],
    ['two equally good', 'jane', 'jane_a,jane_b', 'review - (jane_a 0.90, jane_b 0.90)'],
    ['two with the same spelling', 'jane doe', 'jane_doe,Jane-Doe', 'review - (Jane-Doe 1.00, jane_doe 1.00)'],
    [
      'two with the same spelling, one of them exact',
      'jane_doe',
      'jane_doe,Jane-Doe',
      'matched jane_doe (Jane-Doe 1.00, jane_doe 1.00)',
    ],
    ['another number', 'subject_01', 'subject_02', 'review - (subject_02 0.90)'],
    ['a longer number', 'take 1', 'take_10', 'review - (take_10 0.90)'],
    ['the same number with and without zeros', 'take 1', 'take_01', 'matched take_01 (take_01 0.92)'],
    ['a name of separators only', '--', 'a,b', 'new --'],
    ['a directory of separators only', 'jane', '_', 'new jane'],
  ])('matchDataset: %s', (_, subject, directories, expected) => expect(match(subject, directories)).toBe(expected));

  test('lists the ten best', () => {
    const directories = Array.from({ length: 30 }, (_, index) => `jane_${String.fromCharCode(97 + index)}`);
    expect(matchDataset('jane', directories).candidates).toHaveLength(10);
  });
});
