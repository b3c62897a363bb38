/** `POST /api/wanted {"ids": […]}`: assets without a preview that somebody looks at; ingestors do those first. */
import { z } from 'zod';
import { boundedList } from './bounded-list.ts';

/** How many a request may name. */
export const MAX_WANTED = 500;
export const wantedRequest = z.object({ ids: boundedList(z.uuid(), { min: 1, max: MAX_WANTED }) });
export type WantedRequest = z.infer<typeof wantedRequest>;
