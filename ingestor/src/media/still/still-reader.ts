/** The result of every reader of stills. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import type { MediaFacts } from '../facts/media-facts.ts';
import type { Pixels } from '../picture/pixels.ts';

export interface StillReader {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
  /** Decodes the picture at thumbnail size. Rejects with the same errors as opening does. */
  readonly render: () => Promise<Pixels>;
}
