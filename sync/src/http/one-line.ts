/** Text that a request looks for. */
import { z } from 'zod';

/** At most 200 characters, none of them a control character: Postgres takes no NUL, and no name has a line break. */
export const oneLine = z
  .string()
  .max(200)
  .regex(/^\P{Cc}*$/u, 'a text to look for has no control characters');
