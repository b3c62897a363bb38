/** What every reader of stills gives, whatever it reads with. */
import type { AssetDetails } from '@ingesthub/schema/asset-details.ts';
import type { MediaFacts } from '../facts/media-facts.ts';
import type { Pixels } from '../picture/pixels.ts';

export interface StillReader {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
  /** Decodes it, small. Rejects as the reader does when it opens the file. */
  readonly render: () => Promise<Pixels>;
}
