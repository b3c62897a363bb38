/** How an asset's package came about: what was proposed for its folder, and what a person made of it. */

import type { PlacementEntry } from '@ingesthub/schema/library/placements.ts';
import type { FolderProposal, Proposal } from '@ingesthub/schema/library/proposal.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface PackageOriginRow {
  readonly type: string;
  readonly description: string | null;
  readonly proposal: Proposal | null;
  /** The proposal of the folder from which the package was made; null: it was made in another way, or long ago. */
  readonly folder_proposal: FolderProposal | null;
  /** The placements as a person corrected them; null: as proposed. */
  readonly placements: readonly PlacementEntry[] | null;
}

/** One {@link PackageOriginRow}, or none. */
export function packageOriginQuery(packageId: string): LiveQueryInput {
  return {
    reads: [{ table: 'packages' }, { table: 'incoming' }],
    statement: {
      text: `
        SELECT packages.type, packages.description, packages.proposal,
          incoming.proposal AS folder_proposal, incoming.placements
        FROM packages
        LEFT JOIN incoming ON incoming.package_id = packages.id
        WHERE packages.id = $1
        ORDER BY incoming.updated_at DESC NULLS LAST
        LIMIT 1`,
      values: [packageId],
    },
  };
}
