import { assetTypesOf } from '@ingesthub/schema/library/package-kinds.ts';

/** Roles that the files of footage may have. */
export const ATMAN_ASSET_TYPES = assetTypesOf('atman');
