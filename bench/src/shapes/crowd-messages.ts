/** Messages between a crowd and its reader processes. */
import { z } from 'zod';

export const crowdOrder = z.object({
  url: z.url(),
  handle: z.string(),
  offset: z.string(),
  readers: z.number().int().min(1),
  mode: z.enum(['long poll', 'SSE']),
});
export type CrowdOrder = z.infer<typeof crowdOrder>;

export const crowdReport = z.union([
  /** All readers of the process are waiting; `received` is when each had the previous transaction, empty at first. */
  z.object({ received: z.array(z.number()) }),
  /** `gone`: the shape has to be fetched again, which is not the reader's fault. */
  z.object({ failure: z.string(), gone: z.boolean() }),
]);
export type CrowdReport = z.infer<typeof crowdReport>;
