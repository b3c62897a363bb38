/** How the server stands, as `event: state` of the doorbell says it: sentences for people. */
import { z } from 'zod';

export const serverState = z.object({
  /** Why what happens in the library does not arrive; null: it does. */
  following: z.string().nullable(),
  /** Why changes are not taken; null: they are. */
  writing: z.string().nullable(),
});
export type ServerState = z.infer<typeof serverState>;

export const WELL: ServerState = { following: null, writing: null };
