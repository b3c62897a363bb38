/** The package kinds in use: one line for each kind of `schema/src/library/package-kinds.ts`. */
import type { PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import { atman } from './atman.ts';
import type { PackageKind } from './package-kind.ts';
import { vfx } from './vfx.ts';

const kinds: Readonly<Record<PackageType, PackageKind>> = {
  vfx,
  atman,
};

export const packageKinds: readonly PackageKind[] = Object.values(kinds);

/** The kind of a folder that no kind claims. */
export const fallbackKind: PackageKind = atman;
