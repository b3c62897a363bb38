/** Error codes on the wire, and the body that carries one: `{"error":{"code":…,"message":…}}`. */
import { z } from 'zod';

export const errorCode = z.enum([
  /** The request or a mutation's arguments do not parse. */
  'invalid_arguments',
  /** No such mutation. */
  'unknown_mutation',
  /** No such shape, asset, derivative, or none of the rows a mutation names. */
  'not_found',
  /** The id was used before by another client, or a name or folder is taken. */
  'conflict',
  /** Not from this place, or not by this person. */
  'forbidden',
  /** More than one request may carry. */
  'too_large',
  /** The mutation is from before what the server remembers: whether it was applied is not known. */
  'too_old',
  /** A part that the answer needs is down; the same request may succeed later. */
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

const wireError = z.object({ code: errorCode, message: z.string() });
export type WireError = z.infer<typeof wireError>;

/** An error within an answer of the server's: a code that a later version has added is one that this version does not know. */
export const answeredError = z.object({
  code: errorCode.or(z.string().transform((): ErrorCode => 'internal')),
  message: z.string(),
});

export const errorBody = z.object({ error: wireError });
export type ErrorBody = z.infer<typeof errorBody>;
