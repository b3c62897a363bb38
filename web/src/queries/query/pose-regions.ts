/** The regions of the pose matrix in a query's text: `pose:` terms, joined by “or” in parentheses where there are several. */
import { joinParts } from './edit-query.ts';
import { type PoseRegion, readPose } from './key-values.ts';
import { parseQuery } from './parse-query.ts';

/** A term, or alternatives of terms in parentheses, with the space after it. */
const WRITTEN = /(?:\(\s*pose:[^\s()]+(?:\s+or\s+pose:[^\s()]+)*\s*\)|(?<!\S)pose:[^\s()]+)\s*/gi;

export function readRegions(text: string): PoseRegion[] {
  return parseQuery(text).terms.flatMap(({ key, operator, value, negative }) =>
    key === 'pose' && operator === ':' && !negative ? (readPose(value) ?? []) : [],
  );
}

/** Returns the text with these regions instead of those that it has. */
export function withRegions(text: string, regions: readonly PoseRegion[]): string {
  const rest = text.replaceAll(WRITTEN, '').trim();
  const terms = regions.map(({ yaw, pitch }) => `pose:${yaw.join('..')},${pitch.join('..')}`);
  return joinParts(terms.length > 1 ? `(${terms.join(' or ')})` : terms.join(''), rest);
}
