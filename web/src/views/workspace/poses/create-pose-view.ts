/** How the pose matrix is looked at: its bins, what its colours mean, and whether it is a table. */
import { createSignal } from 'solid-js';
import type { PoseDegrees, PoseQuestion } from '../../../replica/model/mirror-questions.ts';
import type { PoseMode } from '../../../ui/poses/pose-scale.ts';

/** Widths of bins, widest first. */
export const poseWidths: readonly PoseDegrees[] = [10, 5, 2.5];

export type PoseView = ReturnType<typeof createPoseView>;

export function createPoseView() {
  const [degrees, setDegrees] = createSignal<PoseDegrees>(10);
  const [mode, setMode] = createSignal<PoseMode>('count');
  const [asTable, setAsTable] = createSignal(false);
  return {
    degrees,
    setDegrees,
    mode,
    setMode,
    asTable,
    setAsTable,
    /** Makes the bins narrower (1) or wider (-1), where there are such. */
    zoom(steps: 1 | -1): void {
      const next = poseWidths[poseWidths.indexOf(degrees()) + steps];
      if (next !== undefined) setDegrees(next);
    },
    question: (): Omit<PoseQuestion, 'ignores'> => ({
      degrees: degrees(),
      sharpness: mode() === 'sharpness' || asTable(),
    }),
  };
}
