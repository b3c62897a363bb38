/** The rows of the list of deleted things: projects, packages and the like one by one, assets as they were deleted together. */
import type { DeletedAssetsRow, DeletedEntityRow } from '../../queries/deleted.ts';
import { formatCountOf } from '../../ui/format.ts';

const kinds = {
  projects: 'Project',
  subjects: 'Subject',
  packages: 'Package',
  saved_filters: 'Saved filter',
  corrections: 'Correction',
} as const;

export interface DeletedRow {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  /** Where it was; null for what is in no project. */
  readonly place: string | null;
  readonly at: Date;
  readonly by: string | null;
  /** Why it cannot be restored now; null when it can. */
  readonly obstacle: string | null;
  readonly source: { readonly entity: DeletedEntityRow } | { readonly assets: DeletedAssetsRow };
}

export function deletedRows(entities: readonly DeletedEntityRow[], assets: readonly DeletedAssetsRow[]): DeletedRow[] {
  return [
    ...entities.map(
      (entity): DeletedRow => ({
        key: entity.id,
        kind: kinds[entity.table],
        name: entity.name,
        place: entity.project_name,
        at: entity.deleted_at,
        by: entity.deleted_by,
        obstacle: entity.name_taken
          ? `That name is taken. Rename the other ${kinds[entity.table].toLowerCase()} first.`
          : null,
        source: { entity },
      }),
    ),
    ...assets.map(
      (deleted): DeletedRow => ({
        key: `${deleted.package_id} ${deleted.minute.getTime()} ${deleted.deleted_by}`,
        kind: 'Assets',
        name: formatCountOf(deleted.asset_count, 'asset'),
        place: `${deleted.project_name} / ${deleted.package_name}`,
        at: deleted.minute,
        by: deleted.deleted_by,
        obstacle: null,
        source: { assets: deleted },
      }),
    ),
  ];
}
