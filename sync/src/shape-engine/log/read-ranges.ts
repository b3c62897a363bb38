import { compareOffsets, type LogOffset } from '../wire/offset.ts';
import type { FileRange } from './log-slice.ts';
import type { Segment } from './segment.ts';

export interface FoundRanges {
  /** Together, the messages with commas between them. */
  readonly ranges: readonly FileRange[];
  /** Null when nothing follows the offset. */
  readonly end: LogOffset | null;
}

/** A place in the log, just before a mark of a segment. */
interface Place {
  readonly segment: number;
  readonly mark: number;
}

/** Finds the ranges for `ShapeLog.read`; see there. */
export function readRanges(segments: readonly Segment[], after: LogOffset, maxBytes: number): FoundRanges | null {
  const start = placeAfter(segments, after);
  if (!start) return null;
  const ranges: FileRange[] = [];
  let end: LogOffset | null = null;
  let room = Math.max(1, maxBytes);
  let mark = start.mark;
  for (const segment of segments.slice(start.segment)) {
    if (mark < segment.count) {
      const from = segment.positionAfter(mark - 1);
      const last = lastMark(segment, mark, from, room, end === null);
      if (last === null) break;
      const { position: to, ...offset } = last === segment.count - 1 ? endOf(segment) : segment.mark(last);
      end = { lsn: offset.lsn, op: offset.op };
      if (to > from) ranges.push({ file: segment.data, from, to });
      room -= to - from;
      if (room <= 0 || last < segment.count - 1) break;
    }
    mark = 0;
  }
  return { ranges: withoutLastComma(ranges), end };
}

/** Returns the first mark after an offset; null when no reader can be at that offset. */
function placeAfter(segments: readonly Segment[], after: LogOffset): Place | null {
  if (after.lsn === 0n) return { segment: 0, mark: 0 };
  const exact = firstPlace(segments, after);
  const found = segments[exact.segment];
  if (found && compareOffsets(found.mark(exact.mark), after) === 0)
    return { segment: exact.segment, mark: exact.mark + 1 };
  return after.op === 0 ? firstPlace(segments, { lsn: after.lsn, op: Number.POSITIVE_INFINITY }) : null;
}

/** Returns the first mark at or after an offset; if none exists, a segment past the last one. */
function firstPlace(segments: readonly Segment[], offset: LogOffset): Place {
  const index = segments.findIndex(({ last }) => last !== null && compareOffsets(last, offset) >= 0);
  if (index === -1) return { segment: segments.length, mark: 0 };
  return { segment: index, mark: segments[index]?.firstMark((mark) => compareOffsets(mark, offset) >= 0) ?? 0 };
}

/**
 * Returns the mark to stop at, at or after `mark`: the first one that fills the room. It divides a transaction only if
 * the slice contains nothing else.
 *
 * @returns null when the slice should end before this segment.
 */
function lastMark(segment: Segment, mark: number, from: number, room: number, first: boolean): number | null {
  if (segment.data.size - from <= room) return segment.count - 1;
  const full = segment.firstMark(({ position }) => position - from >= room);
  for (let place = full; place >= mark; place--) {
    const { endsTransaction, position } = segment.mark(place);
    if (endsTransaction && position > from) return place;
  }
  return first ? full : null;
}

/** Returns the last mark, which is known without a read. */
function endOf(segment: Segment): LogOffset & { readonly position: number } {
  return { lsn: 0n, op: 0, ...segment.last, position: segment.data.size };
}

function withoutLastComma(ranges: readonly FileRange[]): FileRange[] {
  return ranges.map((range, index) => (index === ranges.length - 1 ? { ...range, to: range.to - 1 } : range));
}
