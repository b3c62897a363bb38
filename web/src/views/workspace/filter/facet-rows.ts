/** The rows of a facet: the values that a list's assets have, how many, and which of them the query chooses. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import { assetType, fileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { FacetName } from '../../../queries/asset-question.ts';
import { fold } from '../../../queries/query/key-values.ts';
import type { QueryNames } from '../../../queries/query/query-keys.ts';
import type { ValueChoice } from '../../../queries/query/value-choice.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import type { IconName } from '../../../ui/icon.tsx';
import { reviewLabels } from '../../../ui/review-status.ts';

export interface FacetRow {
  /** Null: unknown. */
  readonly value: string | null;
  readonly name: string;
  /** The name in the query's text. */
  readonly written: string;
  readonly icon: IconName;
  /** Assets that match with this value chosen; null: not counted yet. */
  readonly count: number | null;
  readonly state: 'off' | 'on' | 'excluded';
}

export interface FacetKind {
  /** The facet, and the key of the query field. */
  readonly key: FacetName & ('type' | 'asset' | 'status' | 'subject' | 'package' | 'camera' | 'tag');
  readonly label: string;
  /** The kind of its values in the singular. */
  readonly noun: string;
  /** All values in their order; null: those that the assets have, the most frequent first. */
  readonly values: readonly string[] | null;
  /** Whether values are shown before it is known that any asset has them. */
  readonly isFixed?: boolean;
  nameOf(value: string, names: QueryNames): string | null;
  iconOf(value: string | null): IconName;
  /** The name of the unknown value. */
  readonly unknown: string;
}

const statuses = ['unreviewed', 'approved', 'rejected', 'flagged'] as const;

export const facetKinds = {
  package: {
    key: 'package',
    label: 'Package',
    noun: 'package',
    values: null,
    nameOf: (id, { packages }) => nameIn(packages, id),
    iconOf: () => 'package',
    unknown: '',
  },
  asset: {
    key: 'asset',
    label: 'Asset type',
    noun: 'asset type',
    values: assetType.options,
    nameOf: (value) => ASSET_TYPE_LABELS[value as keyof typeof ASSET_TYPE_LABELS] ?? value,
    iconOf: (value) => value as IconName,
    unknown: '',
  },
  type: {
    key: 'type',
    label: 'File type',
    noun: 'file type',
    values: fileType.options,
    nameOf: (value) => fileTypeNames[value as keyof typeof fileTypeNames] ?? value,
    iconOf: (value) => value as IconName,
    unknown: '',
  },
  status: {
    key: 'status',
    label: 'Status',
    noun: 'status',
    values: statuses,
    isFixed: true,
    nameOf: (value) => reviewLabels[value as keyof typeof reviewLabels] ?? value,
    iconOf: (value) => value as IconName,
    unknown: '',
  },
  tag: {
    key: 'tag',
    label: 'Tags',
    noun: 'tag',
    values: null,
    nameOf: (value) => value,
    iconOf: () => 'tag',
    unknown: '',
  },
  subject: {
    key: 'subject',
    label: 'Subject',
    noun: 'subject',
    values: null,
    nameOf: (id, { subjects }) => nameIn(subjects, id),
    iconOf: () => 'subject',
    unknown: 'Unknown subject',
  },
  camera: {
    key: 'camera',
    label: 'Camera',
    noun: 'camera',
    values: null,
    nameOf: (value) => value,
    iconOf: () => 'camera',
    unknown: 'No camera',
  },
} as const satisfies Record<string, FacetKind>;

/** @param counts null: not counted yet. */
export function facetRows(
  kind: FacetKind,
  counts: ReadonlyMap<string | null, number> | null,
  choice: ValueChoice,
  names: QueryNames,
): FacetRow[] {
  const chosen = new Set(choice.groups.flat());
  const excluded = new Set(choice.excluded);
  const known = new Set([...(counts?.keys() ?? []), ...chosen, ...excluded]);
  const values = kind.values === null ? [...known] : kind.values.filter((value) => kind.isFixed || known.has(value));
  const rows = values.flatMap((value): FacetRow[] => {
    const name = value === null ? kind.unknown : kind.nameOf(value, names);
    // A subject or package that has been deleted has no name to ask for.
    if (name === null) return [];
    return [
      {
        value,
        name,
        written: value === null ? 'none' : writtenName(kind, value, name, names),
        icon: kind.iconOf(value),
        count: counts === null ? null : (counts.get(value) ?? 0),
        state: chosen.has(value) ? 'on' : excluded.has(value) ? 'excluded' : 'off',
      },
    ];
  });
  if (kind.values !== null) return rows;
  return rows.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0) || a.name.localeCompare(b.name));
}

/** Returns whether a facet helps to narrow the list, or shows what already does. */
export function isUseful(kind: FacetKind, rows: readonly FacetRow[]): boolean {
  return rows.length > (kind.isFixed || kind.key === 'tag' ? 0 : 1) || rows.some(({ state }) => state !== 'off');
}

/** Returns the value's name in a query; its id where others have the same name. */
function writtenName({ key }: FacetKind, value: string, name: string, { subjects, packages }: QueryNames): string {
  if (key !== 'subject' && key !== 'package') return value;
  const others = (key === 'subject' ? subjects : packages).filter((one) => fold(one.name) === fold(name));
  return others.length === 1 && fold(name) !== 'none' ? name : value;
}

function nameIn(named: QueryNames['subjects'], id: string): string | null {
  return named.find((one) => one.id === id)?.name ?? null;
}
