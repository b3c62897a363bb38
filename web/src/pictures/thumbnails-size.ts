import { type ThumbnailsSize, thumbnailsSize } from '@ingesthub/schema/thumbnail-pack.ts';
import { checkAnswer } from './check-answer.ts';
import type { ScopeReference } from './kept-scopes.ts';

/** How many pictures there are to keep, and their bytes, as the server estimates. @throws as `checkAnswer` does. */
export async function fetchThumbnailsSize({ kind, id }: ScopeReference): Promise<ThumbnailsSize> {
  const response = await fetch(`/api/thumbnails/size?${kind}=${id}`);
  await checkAnswer(response, 200, 'application/json');
  return thumbnailsSize.parse(await response.json());
}
