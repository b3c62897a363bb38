/** The ATMAN layout by rules alone: people, cameras and roles read out of a client's folder and file names. */
import { assetTypeIn, cameraIn, personInFile, personInFolder, recordingOf, stemOf } from './atman-names.ts';
import { DEFAULT_CAMERA, foldersOf, type Layout, type LayoutFile, SHARED_SUBJECT } from './layout.ts';

/** @param folderName the package's own folder: it may be named for a person. */
export function atmanLayout(files: readonly LayoutFile[], folderName: string): Layout {
  const evidence = new Set<string>();
  const found = files.map((file) => {
    const folders = foldersOf(file.relativePath);
    const stem = nameStem(file);
    return { file, folders, stem, person: personOf(file, folders, folderName, evidence) };
  });

  // A graded copy beside its original often lost the name that the original has.
  const byRecording = new Map<string, string>();
  for (const { stem, person } of found) if (person !== null) byRecording.set(recordingOf(stem), person);

  const placements = found.map(({ file, folders, stem, person }) => {
    const adopted = person === null && file.fileType !== 'other' ? byRecording.get(recordingOf(stem)) : undefined;
    if (adopted !== undefined) {
      evidence.add(`Subject ${adopted} for ${file.relativePath}, as for another version of the same recording.`);
    }
    const camera = [stem, ...folders.toReversed()].map(cameraIn).find((name) => name !== null);
    return {
      subject: person ?? adopted ?? SHARED_SUBJECT,
      camera: camera ?? DEFAULT_CAMERA,
      assetType: assetTypeIn(folders, stem, file.fileType),
    };
  });
  const shared = placements.filter(({ subject }) => subject === SHARED_SUBJECT).length;
  if (shared > 0) evidence.add(`No person is named for ${shared} of ${files.length} files: their subject is shared.`);
  return { placements, evidence: [...evidence].slice(0, 20) };
}

function personOf(
  file: LayoutFile,
  folders: readonly string[],
  folderName: string,
  evidence: Set<string>,
): string | null {
  for (const folder of folders) {
    const person = personInFolder(folder);
    if (person === null) continue;
    evidence.add(`Subject ${person}, by the folder of that name.`);
    return person;
  }
  // README and LICENSE are nobody.
  const named = file.fileType === 'other' ? null : personInFile(nameStem(file));
  if (named !== null) {
    evidence.add(`Subject ${named}, by the names of files.`);
    return named;
  }
  const own = personInFile(folderName);
  if (own !== null) evidence.add(`Subject ${own}, by the name of the package's folder.`);
  return own;
}

function nameStem(file: LayoutFile): string {
  return stemOf(file.relativePath.split('/').at(-1) ?? '');
}
