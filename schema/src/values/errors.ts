/** Error codes on the wire, and the body that carries one: `{"error":{"code":…,"message":…}}`. */
import { z } from 'zod';

export const errorCode = z.enum([
  /** The request or a mutation's arguments do not parse. */
  'invalid_arguments',
  /** No such mutation. */
  'unknown_mutation',
  /** No such shape, asset or derivative, or none of the rows that a mutation names exist. */
  'not_found',
  /** Another client has already used the id, or the name or folder is taken. */
  'conflict',
  /** Not allowed from this origin or for this person. */
  'forbidden',
  /** The request exceeds the size limit. */
  'too_large',
  /** The mutation is older than the server's records, so it is unknown whether it was applied. */
  'too_old',
  /** A component needed for the answer is down; the same request may succeed later. */
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

const wireError = z.object({ code: errorCode, message: z.string() });
export type WireError = z.infer<typeof wireError>;

/** An error within a server answer. Codes added by a later version parse as `internal`. */
export const answeredError = z.object({
  code: errorCode.or(z.string().transform((): ErrorCode => 'internal')),
  message: z.string(),
});

export const errorBody = z.object({ error: wireError });
export type ErrorBody = z.infer<typeof errorBody>;
