/** Reads from the ingestor's log how long assets were processed. */
import { z } from 'zod';
import { timeLimit } from '../../media/video/time-limit.ts';
import type { SoakedAsset } from './soaked-assets.ts';

const entry = z.object({
  event: z.literal('asset worked on'),
  asset: z.string(),
  kind: z.enum(['still', 'probe', 'video']),
  seconds: z.number(),
});
export type WorkTime = z.infer<typeof entry>;

/** The slowest first. */
export function workTimes(log: string): WorkTime[] {
  return logEntries(log)
    .flatMap((line) => entry.safeParse(line).data ?? [])
    .sort((a, b) => b.seconds - a.seconds);
}

/** Counts each logged event with its level: 'warn job failed'. */
export function eventCounts(log: string): Map<string, number> {
  const told = z.object({ level: z.string(), event: z.string() });
  const counts = new Map<string, number>();
  for (const line of logEntries(log)) {
    const { level = '', event = '' } = told.safeParse(line).data ?? {};
    counts.set(`${level} ${event}`, (counts.get(`${level} ${event}`) ?? 0) + 1);
  }
  return counts;
}

/** A minute for ffprobe or oiiotool to read the header, and three each for two programs to decode it. */
const STILL_SECONDS = 60 + 2 * 180;

/** Returns the seconds that the programs may take together. */
export function longestWork({ kind }: WorkTime, { seconds, width, height }: SoakedAsset): number {
  return kind === 'video' ? timeLimit(seconds, (width ?? 0) * (height ?? 0)) / 1000 : STILL_SECONDS;
}

function logEntries(log: string): unknown[] {
  return log.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
