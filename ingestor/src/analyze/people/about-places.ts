/** Finds the reasons that the places of a name give: its folders, files, and what stands there in other files. */
import { hasNoCase } from '../names/fold.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { add, type Found } from './found-reasons.ts';
import { areInitials, isCapitalised, isUnknown, isWritten } from './written-as-name.ts';

export function aboutPlaces(candidate: Candidate, { slots, wordsOfFiles }: Candidates, reasons: Found): void {
  const { wholeFolders, folders, groups, runs, words } = candidate;
  // 'Space Suit' is written like 'Iskander Bey': that a folder has the name tells no more.
  if (wholeFolders.length > 0 && reasons.isOnlyWritten !== true) add(reasons, 1, 'a folder has this name', false);
  else if (wholeFolders.length > 0) {
    const forms = [...words.map(({ key }) => key), words.map(({ key }) => key).join('')];
    if (forms.some((form) => wordsOfFiles().has(form))) add(reasons, 1, 'files have one of its words', false);
    if (new Set(wholeFolders.map(({ parent }) => parent)).size > 1)
      add(reasons, 1, 'several folders have this name', false);
  } else if (isWritten(candidate) && runs.some(({ isAlone }) => isAlone))
    add(reasons, 1, 'all words beside it are known', false);
  const others = [...candidate.slots].flatMap((slot) => (slot === '*' ? [] : [slots.get(slot)?.size ?? 0]));
  const isContrasted = others.some((size) => size > 1);
  const isAbout = runs.some(({ beside }) => beside === 'about') && words.every(isCapitalised);
  // A show's code has no other in its place.
  if (!isContrasted && wholeFolders.length === 0 && words.length === 1 && words.every(areInitials))
    reasons.isName = false;
  if (isContrasted) add(reasons, 1, 'other names stand in its place in other files', isAbout);
  const inFolders = new Set(groups.map(({ folder }) => folder)).size;
  const isBoth = groups.some(({ hasSound }) => hasSound) && groups.some(({ hasPictures }) => hasPictures);
  // A word in no list that tells recordings apart, of sound and of pictures: 'BRIDIE' and 'CORIN'.
  const isTelling = isContrasted && isBoth && words.every(isUnknown) && runs.some(({ isAlone }) => isAlone);
  const isElsewhere =
    folders.length > 0 && groups.some(({ folder }) => !folders.some(({ path }) => isBelow(folder.path, path)));
  if (inFolders > 1 || isBoth || isElsewhere) add(reasons, 1, 'it occurs in several places', isTelling);
  const isInCapitals = groups.some(
    ({ reading }) =>
      words.every(({ text }) => text === text.toUpperCase() && !hasNoCase(text)) &&
      reading.tokens.some((token) => !words.includes(token) && token.text !== token.text.toUpperCase()),
  );
  if (isInCapitals) add(reasons, 1, 'it stands out in capitals', false);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
