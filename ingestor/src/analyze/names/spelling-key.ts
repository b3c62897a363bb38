import { fold } from './fold.ts';

/** Returns a key for comparing names: 'Jane Doe', 'jane-doe' and 'JANE_DOE' have the same. */
export function spellingKey(name: string): string {
  const key = fold(name).replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return key === '' ? name : key;
}
