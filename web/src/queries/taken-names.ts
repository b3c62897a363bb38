/** Checks on this device whether a unique name is taken, so that a conflict shows before the change is sent. */
import { normalFolder } from '@ingesthub/schema/paths/folder-path.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface TakenRow {
  readonly id: string;
  /** A deleted package keeps its folder until it is purged. */
  readonly deleted: boolean;
}

export type UniqueName =
  | { readonly table: 'projects' | 'saved_filters'; readonly name: string }
  | { readonly table: 'subjects'; readonly name: string; readonly projectId: string }
  /** For packages the source folder is unique, not the name. */
  | { readonly table: 'packages'; readonly sourcePath: string; readonly projectId: string };

/** A {@link TakenRow} for another row with the name, or none. @param ownId excludes this row; null for a new one. */
export function takenQuery(unique: UniqueName, ownId: string | null): LiveQueryInput {
  const values: unknown[] = [ownId];
  const conditions = ['id IS DISTINCT FROM $1::uuid'];
  if ('projectId' in unique) conditions.push(`project_id = $${values.push(unique.projectId)}::uuid`);
  if (unique.table === 'packages') {
    conditions.push(`source_path = $${values.push(normalFolder(unique.sourcePath.trim()))}`);
  } else {
    const name = unique.name.normalize('NFC').trim();
    conditions.push('deleted_at IS NULL', `lower(name) = lower($${values.push(name)}::text)`);
  }
  return {
    reads: [{ table: unique.table }],
    statement: {
      text: `SELECT id, deleted_at IS NOT NULL AS deleted FROM ${unique.table} WHERE ${conditions.join(' AND ')} LIMIT 1`,
      values,
    },
  };
}
