/** The poses of the subjects on the screen, asked one after another: each first question about a project reads its assets. */
import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';
import { mirroredColumns } from '../../replica/model/mirror-questions.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { mayTouch } from '../../replica/read/table-reads.ts';
import { PoseGrid } from '../../ui/poses/pose-grid.ts';

interface PosedSubject {
  readonly id: string;
  readonly project_id: string;
}

/** Called by a row: returns its poses for as long as the row exists; null: not counted yet. */
export type PosesOf = (subject: PosedSubject) => Accessor<PoseGrid | null>;

const reads = [{ table: 'assets', columns: mirroredColumns }];
/** Milliseconds after a change before the rows are counted again: nothing on the list waits for it. */
const QUIET_MS = 1000;

/** @param countable whether the mirror may be asked about a project: not during the first load, nor where it is absent. */
export function createSubjectPoses(
  replica: Pick<Replica, 'ask' | 'onChange'>,
  countable: (projectId: string) => boolean,
): PosesOf {
  const rows = new Map<string, { subject: PosedSubject; set: (grid: PoseGrid) => void; stale: boolean }>();
  let asking = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  async function work(): Promise<void> {
    if (asking) return;
    asking = true;
    for (let row = next(); row; row = next()) {
      row.stale = false;
      const { subject } = row;
      try {
        const list = await replica.ask(
          {
            scope: { kind: 'project', id: subject.project_id },
            where: { subject: { kind: 'value', column: 'subject_id', values: [subject.id] } },
            sort: { by: 'name', descending: false },
            listed: false,
            pose: { degrees: 10 },
          },
          `poses of ${subject.id}`,
        );
        if (list) row.set(new PoseGrid(10, list.pose));
      } catch (error) {
        // The row stays without poses; the list itself says why the library cannot be read.
        console.warn(error);
      }
    }
    asking = false;
  }

  const next = () => [...rows.values()].find(({ stale, subject }) => stale && countable(subject.project_id));

  const stop = replica.onChange((change) => {
    if (!mayTouch(change, reads)) return;
    for (const row of rows.values()) row.stale = true;
    clearTimeout(again);
    again = setTimeout(() => void work(), QUIET_MS);
  });
  onCleanup(() => {
    stop();
    clearTimeout(again);
    rows.clear();
  });

  return (subject) => {
    const [grid, setGrid] = createSignal<PoseGrid | null>(null);
    onMount(() => {
      rows.set(subject.id, { subject, set: setGrid, stale: true });
      void work();
    });
    onCleanup(() => rows.delete(subject.id));
    return grid;
  };
}
