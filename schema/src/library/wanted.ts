/** `POST /api/wanted {"ids": […]}`: assets on a screen that have no preview yet; ingestors process these first. */
import { z } from 'zod';
import { boundedList } from '../values/bounded-list.ts';

/** Maximum number of ids per request. */
export const MAX_WANTED = 500;
export const wantedRequest = z.object({ ids: boundedList(z.uuid(), { min: 1, max: MAX_WANTED }) });
export type WantedRequest = z.infer<typeof wantedRequest>;
