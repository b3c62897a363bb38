/** The regions of the pose matrix in a query's text: `pose:` terms, joined by “or” in parentheses where there are several. */
import { parseQuery } from './parse-query.ts';

/** Bounds in degrees. The upper ones lie outside, like those of the matrix's bins. */
export interface PoseRegion {
  readonly yaw: readonly [from: number, to: number];
  readonly pitch: readonly [from: number, to: number];
}

const BOUNDS = /^(-?[\d.]+)\.\.(-?[\d.]+),(-?[\d.]+)\.\.(-?[\d.]+)$/;
/** A term, or alternatives of terms in parentheses, with the space after it. */
const WRITTEN = /(?:\(\s*pose:[^\s()]+(?:\s+or\s+pose:[^\s()]+)*\s*\)|(?<!\S)pose:[^\s()]+)\s*/gi;

export function readRegions(text: string): PoseRegion[] {
  return parseQuery(text).terms.flatMap(({ key, value, negative }) => {
    const [, a, b, c, d] = (key === 'pose' && !negative && BOUNDS.exec(value)) || [];
    if (d === undefined) return [];
    return [{ yaw: [Number(a), Number(b)], pitch: [Number(c), Number(d)] } satisfies PoseRegion];
  });
}

/** Returns the text with these regions instead of those that it has. */
export function withRegions(text: string, regions: readonly PoseRegion[]): string {
  const rest = text.replaceAll(WRITTEN, '').trim();
  const terms = regions.map(({ yaw, pitch }) => `pose:${yaw.join('..')},${pitch.join('..')}`);
  const written = terms.length > 1 ? `(${terms.join(' or ')})` : terms.join('');
  return [written, rest].filter((part) => part !== '').join(' ');
}
