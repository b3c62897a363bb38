/** Tracks mutations that depend on rows they do not write: a tag needs its asset, a move its subject. */
import type { WriterDraft } from './writer-draft.ts';

type Queue = Pick<WriterDraft, 'affected' | 'pending' | 'touched'>;

/**
 * Adds the units whose replay reads rows that the server added or deleted.
 *
 * @param ids of the added or deleted rows; null: any.
 */
export function addDependents(
  { affected, pending, touched }: Queue,
  table: string,
  ids: readonly string[] | null,
): void {
  if (table === 'assets' && touched.count('asset_tags') > 0) {
    const tagged = ids?.filter((id) => touched.has('asset_tags', id)) ?? touched.idsOf('asset_tags');
    affected.add('asset_tags', tagged, null);
  }
  if (table === 'subjects' && touched.count('assets') > 0) {
    const subjects = ids && new Set(ids);
    for (const { mutation } of pending) {
      if (mutation.name !== 'assets.move') continue;
      const moved = subjects === null || subjects.has(mutation.args.subject_id ?? '');
      if (moved) affected.add('assets', mutation.args.ids, ['subject_id']);
    }
  }
}

/**
 * Adds units that must be rebuilt together: a move to a subject created here finds the subject only when it is
 * replayed after the creation, so both are replayed, in their order.
 */
export function tieMovesToSubjects({ affected, pending }: Queue): void {
  const made = new Set<string>();
  for (const { mutation } of pending) if (mutation.name === 'subjects.create') made.add(mutation.args.ids[0]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { mutation } of pending) {
      if (mutation.name !== 'assets.move' || mutation.args.subject_id === null) continue;
      const { ids, subject_id } = mutation.args;
      const assets = affected.tables.get('assets')?.ids;
      const subjectAffected = affected.tables.get('subjects')?.ids.has(subject_id) === true;
      if (subjectAffected && !ids.every((id) => assets?.has(id))) {
        affected.add('assets', ids, ['subject_id']);
        grown = true;
      } else if (!subjectAffected && made.has(subject_id) && ids.some((id) => assets?.has(id))) {
        affected.add('subjects', [subject_id], null);
        grown = true;
      }
    }
  }
}
