import { type ThumbnailsSize, thumbnailsSize } from '@ingesthub/schema/library/thumbnail-pack.ts';
import { checkAnswer } from './check-answer.ts';
import type { ScopeReference } from './kept-scopes.ts';

/** Fetches the number of pictures to keep, and the server's estimate of their bytes. @throws as `checkAnswer` does. */
export async function fetchThumbnailsSize({ kind, id }: ScopeReference): Promise<ThumbnailsSize> {
  const response = await fetch(`/api/thumbnails/size?${kind}=${id}`);
  await checkAnswer(response, 200, 'application/json');
  return thumbnailsSize.parse(await response.json());
}
