/** The places of a histogram's two thumbs on its scale. */
import type { NumberRange } from '../../../queries/query/range-choice.ts';
import type { RangeScale } from './range-scales.ts';

export interface Steps {
  readonly from: number;
  readonly to: number;
}

/** Puts a thumb without a bound at its end of the scale. */
export function stepsOf(scale: RangeScale, range: NumberRange | null): Steps {
  const from = range?.from == null ? 0 : scale.stepAt(range.from);
  const to = range?.to == null ? scale.steps : scale.stepAt(range.to);
  return { from, to: Math.max(from, to) };
}

/** Moves a thumb to a step, or as near as the other thumb and the ends of the scale allow. */
export function moveThumb(scale: RangeScale, { from, to }: Steps, end: keyof Steps, step: number): Steps {
  if (end === 'from') return { from: Math.max(0, Math.min(to - scale.gap, step)), to };
  return { from, to: Math.min(scale.steps, Math.max(from + scale.gap, step)) };
}

/** @example describeRange(angles, { from: 60, to: 120 }) // '−30° to +30°'; 'above 120' without an upper bound */
export function describeRange(scale: RangeScale, { from, to }: Steps): string {
  const say = (step: number, end: keyof Steps) => scale.describe(scale.valueAt(step), end);
  if (from === 0 && to === scale.steps) return '';
  if (to === scale.steps) return `from ${say(from, 'from')}`;
  if (from === 0) return `up to ${say(to, 'to')}`;
  return `${say(from, 'from')} to ${say(to, 'to')}`;
}
