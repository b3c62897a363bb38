/** The server's state, sent by the doorbell as `event: state`, in sentences for people. */
import { z } from 'zod';

export const serverState = z.object({
  /** Why library changes do not arrive; null when they do. */
  following: z.string().nullable(),
  /** Why the server does not accept changes; null when it does. */
  writing: z.string().nullable(),
});
export type ServerState = z.infer<typeof serverState>;

export const WELL: ServerState = { following: null, writing: null };
