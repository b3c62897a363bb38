/** Generalises what people changed in the proposals of folders that wait for a decision. */
import type { CorrectionSaid } from '@ingesthub/schema/library/corrections.ts';
import { generalise } from '../../analyze/rules/generalise.ts';
import { applyEntries } from '../../analyze/rules/placement-rules.ts';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import type { WaitingDelivery } from '../../sql/corrections.ts';

/** A proposal does not list every file: a folder stands for those in it. */
const IN_FOLDER = '*.mov';

export function suggestedCorrections(
  deliveries: readonly WaitingDelivery[],
): { delivery: string; correction: CorrectionSaid }[] {
  return deliveries.flatMap(({ name, places, proposed }) => {
    const paths = new Set([...places, ...proposed].map(({ path }) => (isFolder(path) ? `${path}${IN_FOLDER}` : path)));
    const files = [...paths].map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
    const [before, after] = [applyEntries(proposed, files), applyEntries(places, files)];
    const both = files.flatMap((file, index) => {
      const [was, is] = [before[index], after[index]];
      return was && is ? [{ file, was, is }] : [];
    });
    const found = generalise(
      both.map(({ file }) => file),
      both.map(({ was }) => was),
      both.map(({ is }) => is),
    );
    return found.map((correction) => ({ delivery: name, correction }));
  });
}

function isFolder(path: string): boolean {
  return path === '' || path.endsWith('/');
}
