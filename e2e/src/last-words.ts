import type { ChildProcess } from 'node:child_process';

const REMEMBERED_CHARACTERS = 4000;

/** Records the last output of a child on standard error. */
export function lastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-REMEMBERED_CHARACTERS);
  });
  return () => words;
}
