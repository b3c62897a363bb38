/**
 * The list of package kinds: what each is called, and the roles that its files may have. The vocabulary, the checks of
 * the database, the command line and the app read it; `ingestor/src/analyze/kinds/` holds what each kind does.
 */

interface PackageKindWords {
  /** The name that people read. */
  readonly label: string;
  /** The roles of its files, with the names that people read. Kinds may share a role, and call it the same then. */
  readonly assetTypes: Readonly<Record<string, string>>;
}

/** By the word that the database keeps. New projects and packages start with the first. */
export const PACKAGE_KINDS = {
  vfx: { label: 'VFX', assetTypes: { aligned: 'Aligned', plate: 'Plate', grid: 'Grid' } },
  atman: {
    label: 'ATMAN',
    assetTypes: { raw: 'Raw', graded: 'Graded', proxy: 'Proxy', audio: 'Audio', metadata: 'Metadata' },
  },
} as const satisfies Readonly<Record<string, PackageKindWords>>;

type Kinds = typeof PACKAGE_KINDS;
export type PackageType = keyof Kinds;
type AssetType = { [Type in PackageType]: keyof Kinds[Type]['assetTypes'] }[PackageType];

export const PACKAGE_TYPES = keysOf(PACKAGE_KINDS);

/** The names of all roles that people read, each role once. */
export const ASSET_TYPE_LABELS: Readonly<Record<AssetType, string>> = Object.assign(
  {},
  ...Object.values(PACKAGE_KINDS).map(({ assetTypes }) => assetTypes),
);
export const ASSET_TYPES = keysOf(ASSET_TYPE_LABELS);

/** Returns the roles that files of a package type may have. */
export function assetTypesOf(type: PackageType): readonly AssetType[] {
  return keysOf<AssetType>(PACKAGE_KINDS[type].assetTypes);
}

function keysOf<Key extends string>(record: Readonly<Partial<Record<Key, unknown>>>): [Key, ...Key[]] {
  return Object.keys(record) as [Key, ...Key[]];
}
