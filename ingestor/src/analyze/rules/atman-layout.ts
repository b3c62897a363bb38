/** Places ATMAN files by rules alone: reads people, cameras and roles from a client's folder and file names. */
import { assetTypeIn, cameraIn, personInFile, personInFolder, recordingOf, stemOf } from './atman-names.ts';
import { folderOf } from './folder-pattern.ts';
import { DEFAULT_CAMERA, type Layout, type LayoutFile, SHARED_SUBJECT } from './layout.ts';
import { remembered } from './remembered.ts';

/**
 * Assigns each file to a person. The nearest source wins: a folder's name, then another version of the same recording,
 * then the file's own name. The package folder's name counts only when nothing inside the package names a person.
 *
 * @param folderName the package's own folder, which may be named after a person.
 */
export function atmanLayout(files: readonly LayoutFile[], folderName: string): Layout {
  const evidence = new Set<string>();
  const inFolders = remembered((folder) => {
    const folders = folder === '' ? [] : folder.split('/');
    return { folders, inFolder: firstPerson(folders), camera: folders.toReversed().map(cameraIn).find(isSaid) ?? null };
  });
  const found = files.map((file) => {
    const stem = nameStem(file);
    // README and LICENSE look like names, but are neither people nor versions of a recording.
    const isMedia = file.fileType !== 'other';
    return {
      file,
      stem,
      isMedia,
      ...inFolders(folderOf(file.relativePath)),
      inName: isMedia ? personInFile(stem) : null,
    };
  });

  // A graded copy in another folder has often lost the name that the original's folder has, or keeps only the
  // initials. All versions of one recording show the same person.
  const media = found.filter(({ isMedia }) => isMedia);
  const byFolder = peopleByRecording(media.map(({ stem, inFolder }) => ({ stem, person: inFolder })));
  const byName = peopleByRecording(media.map(({ stem, inName }) => ({ stem, person: inName })));
  const somebodyNamed = found.some(({ inFolder, inName }) => inFolder !== null || inName !== null);
  const inPackage = somebodyNamed ? null : personInFile(folderName);

  const placements = found.map(({ file, folders, camera, stem, isMedia, inFolder, inName }) => {
    const recording = isMedia && inFolder === null ? recordingOf(stem) : null;
    const adopted = recording === null ? null : (byFolder.get(recording) ?? byName.get(recording) ?? null);
    if (inFolder !== null) evidence.add(`Subject ${inFolder}, from a folder's name.`);
    else if (adopted !== null && adopted !== inName) {
      evidence.add(`Subject ${adopted} for ${file.relativePath}, from another version of the same recording.`);
    } else if (inName !== null) evidence.add(`Subject ${inName}, from file names.`);
    else if (inPackage !== null) evidence.add(`Subject ${inPackage}, from the name of the package's folder.`);
    return {
      subject: inFolder ?? adopted ?? inName ?? inPackage ?? SHARED_SUBJECT,
      camera: cameraIn(stem) ?? camera ?? DEFAULT_CAMERA,
      assetType: assetTypeIn(folders, stem, file.fileType),
    };
  });
  const shared = placements.filter(({ subject }) => subject === SHARED_SUBJECT).length;
  if (shared > 0) evidence.add(`No person is named for ${shared} of ${files.length} files; their subject is shared.`);
  return { placements, evidence: [...evidence].slice(0, 20) };
}

/** Maps recordings to people; null when two people claim the same recording. */
function peopleByRecording(files: readonly { stem: string; person: string | null }[]): Map<string, string | null> {
  const people = new Map<string, string | null>();
  for (const { stem, person } of files) {
    const recording = recordingOf(stem);
    // 'graded.mov' could be a version of any recording.
    if (person === null || recording === '') continue;
    const known = people.get(recording);
    people.set(recording, known === undefined || known === person ? person : null);
  }
  return people;
}

function isSaid(name: string | null): boolean {
  return name !== null;
}

function firstPerson(folders: readonly string[]): string | null {
  return folders.map(personInFolder).find((person) => person !== null) ?? null;
}

function nameStem(file: LayoutFile): string {
  return stemOf(file.relativePath.split('/').at(-1) ?? '');
}
