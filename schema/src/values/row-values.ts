/** Zod schemas for values that drivers return in different forms: int8 as a string, timestamps as `Date` or text. */
import { z } from 'zod';

export const timestamp = z.coerce.date();
/** An int8 within 2^53: sizes in bytes, not file identities. */
export const safeInteger = z.coerce.number().int();
/** Any int8. */
export const signed64 = z.coerce.bigint();
