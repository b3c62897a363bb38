import { PACKAGE_KINDS, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';

/** Returns true for a kind whose packages hold recordings, with sound beside them, and not faces. */
export function holdsClips(kind: PackageType): boolean {
  return 'audio' in PACKAGE_KINDS[kind].assetTypes;
}
