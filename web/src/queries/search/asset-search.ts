/** Searches for assets by the words of their names, folders and packages. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import { searchWords } from '../../replica/model/fold-text.ts';
import type { Condition, MirrorQuestion } from '../../replica/model/mirror-questions.ts';
import type { LiveQueryInput } from '../../replica/read/create-live-query.ts';

/** Conditions from the narrowest to the widest: each finds all that the one before finds. */
export interface AssetSearch {
  /** The name begins with the text. */
  readonly begins: Condition;
  /** The name has all words. */
  readonly named: Condition;
  /** The name or folder has each word: what the query field finds. */
  readonly text: Condition;
  /** As well, the package's name may have some of the words; null: no package's name has any. */
  readonly all: Condition | null;
}

/**
 * @param packagesNamed returns the packages whose names have a word.
 * @returns null for a text without words.
 */
export function assetSearch(text: string, packagesNamed: (word: string) => readonly string[]): AssetSearch | null {
  const words = searchWords(text);
  if (words.length === 0) return null;
  const has = (word: string): Condition => ({ kind: 'text', text: word });
  const begins: Condition = { kind: 'name', pattern: `${text.trim().replace(/\s+/g, ' ')}*` };
  const named: Condition = { kind: 'text', text, in: 'name' };
  const byPackage = words.map((word): Condition | null => {
    const ids = packagesNamed(word);
    return ids.length === 0 ? null : { kind: 'value', column: 'package_id', values: ids };
  });
  const all: Condition = {
    kind: 'all',
    of: [
      ...words.map((word, at) => {
        const other = byPackage[at];
        return other ? ({ kind: 'any', of: [has(word), other] } as const) : has(word);
      }),
      // A package's name alone would find all of its assets.
      { kind: 'any', of: words.map(has) },
    ],
  };
  const isWider = words.length > 1 && byPackage.some((one) => one !== null);
  return { begins, named, text: { kind: 'text', text }, all: isWider ? all : null };
}

/** Asks for the assets of the library, or of some packages, that meet a condition: the latest first. */
export function assetSearchQuestion(found: Condition, packages: readonly string[] | null): MirrorQuestion {
  const within: Condition | null = packages && { kind: 'value', column: 'package_id', values: packages };
  return {
    scope: { kind: 'library' },
    where: { found, ...(within && { within }) },
    sort: { by: 'modified_at', descending: true },
  };
}

/** An asset as a search lists it. */
export type FoundAssetRow = Pick<
  AssetRow,
  | 'id'
  | 'package_id'
  | 'name'
  | 'file_type'
  | 'asset_type'
  | 'duration_seconds'
  | 'size_bytes'
  | 'review_status'
  | 'thumbnail_status'
  | 'thumbnail_version'
  | 'problem'
> & {
  /** Within the package; null during the first load, when an asset may arrive before its folder. */
  readonly folder_path: string | null;
  readonly package_name: string;
  readonly project_id: string;
  readonly project_name: string;
};

/** {@link FoundAssetRow} rows of some assets, in no order. */
export function foundAssetsQuery(ids: readonly string[]): LiveQueryInput {
  return {
    reads: ['assets', 'folders', 'packages', 'projects'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT assets.id, assets.package_id, assets.name, file_type, asset_type, duration_seconds, size_bytes,
          review_status, thumbnail_status, thumbnail_version, assets.problem, folders.path AS folder_path,
          packages.name AS package_name, projects.id AS project_id, projects.name AS project_name
        FROM assets
        JOIN packages ON packages.id = assets.package_id
        JOIN projects ON projects.id = packages.project_id
        LEFT JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
        WHERE assets.id = ANY ($1::uuid[]) AND assets.deleted_at IS NULL`,
      values: [ids],
    },
  };
}
