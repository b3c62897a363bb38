import { expect, test } from 'vitest';
import { parseDecodedLine } from './test-decoding.ts';

test('parseDecodedLine: parses NULLs, quotes, brackets and types of several words', () => {
  expect(
    parseDecodedLine(
      `table public.items: INSERT: id[integer]:-1 shown[boolean]:null note[text]:'it''s [a]: ''b'' new-tuple: ' made_at[timestamp with time zone]:'2026-01-02 03:04:05+00' tags[text[]]:'{a}'`,
    ),
  ).toEqual({
    kind: 'insert',
    table: 'items',
    row: {
      values: {
        id: '-1',
        shown: null,
        note: "it's [a]: 'b' new-tuple: ",
        made_at: '2026-01-02 03:04:05+00',
        tags: '{a}',
      },
      unchanged: [],
    },
  });
});

test('parseDecodedLine: parses an update with its old row and a TOASTed column left out of the new one', () => {
  expect(
    parseDecodedLine(
      `table public.items: UPDATE: old-key: id[integer]:1 note[text]:'' new-tuple: id[integer]:2 note[text]:null body[text]:unchanged-toast-datum`,
    ),
  ).toEqual({
    kind: 'update',
    table: 'items',
    old: { id: '1', note: '' },
    row: { values: { id: '2', note: null }, unchanged: ['body'] },
  });
});

test('parseDecodedLine: parses one TRUNCATE of several tables', () => {
  expect(parseDecodedLine('table public.items, public.pairs: TRUNCATE: (no-flags)')).toEqual({
    kind: 'truncate',
    tables: ['items', 'pairs'],
  });
});

test('parseDecodedLine: throws on a line of unknown form', () => {
  expect(() => parseDecodedLine('something else')).toThrow(SyntaxError);
});
