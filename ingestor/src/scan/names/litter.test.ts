import { describe, expect, test } from 'vitest';
import { isLitter } from './litter.ts';
import { partialFiles } from './partial-files.ts';

test.each([
  ['.DS_Store', true],
  ['._a.mov', true],
  ['.snapshot', true],
  ['.hidden.mov', true],
  ['@eaDir', true],
  ['@EADIR', true],
  ['#recycle', true],
  ['Thumbs.db', true],
  ['~$notes.docx', true],
  ['Icon\r', true],
  ['lost+found', true],
  ['Icon', false],
  ['#1.mov', false],
  ['@home.mov', false],
  ['~a.mov', false],
  ['thumbs.db.mov', false],
])('isLitter(%j) is %s', (name, expected) => expect(isLitter(name)).toBe(expected));

describe('partialFiles', () => {
  test.each([
    ['downloads', 'a.mov.part a.mov.crdownload', 'a.mov.part a.mov.crdownload'],
    ['copies', 'a.mov.filepart a.mov.partial A.MOV.PARTIAL b.tmp', 'a.mov.filepart a.mov.partial A.MOV.PARTIAL b.tmp'],
    ['rsync', '.a.mov.Xa81bC .a.mov.abcdef .README.x8a2bC', '.a.mov.Xa81bC .a.mov.abcdef .README.x8a2bC'],
    ['Aspera, with the file that it writes', 'a.mov a.mov.aspx b.mov', 'a.mov a.mov.aspx'],
    ['Aspera checkpoints', 'a.mov.aspera-ckpt', 'a.mov a.mov.aspera-ckpt'],
    ['complete files', 'a.mov part.mov tmp a.parts.mov index.aspx', ''],
    ['hidden files', '.DS_Store ._a.mov.Xa81bC .settings.backup .cache.tmp .a.mov', ''],
  ])('partialFiles: %s', (_, names, expected) => {
    expect([...partialFiles(names.split(' '))].sort()).toEqual(expected.split(' ').filter(Boolean).sort());
  });
});
