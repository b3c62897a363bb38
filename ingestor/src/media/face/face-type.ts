/** Names how much of a head a crop shows, in the words of face pipelines. */
import { textOf } from './values/plain-fields.ts';
import type { PlainValue } from './values/plain-value.ts';

/** DeepFaceLab's numbers. */
const NUMBERED: ReadonlyMap<number, string> = new Map([
  [0, 'half_face'],
  [1, 'midfull_face'],
  [2, 'full_face'],
  [3, 'full_face_no_align'],
  [4, 'whole_face'],
  [10, 'head'],
  [20, 'head_no_align'],
  [100, 'mark_only'],
]);

/** Returns text unchanged, a known number as its name, and an unknown number in digits. */
export function faceTypeOf(value: PlainValue | undefined): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return NUMBERED.get(value) ?? String(value);
  return textOf(value);
}
