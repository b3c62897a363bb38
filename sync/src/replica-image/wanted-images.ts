/** Working sets for which browsers have requested an image, in addition to the one for new browsers. Only the latest few are kept. */
import { createHash } from 'node:crypto';

interface WantedImage {
  readonly name: string;
  readonly projects: readonly string[];
}

export interface WantedImages {
  /** Records a browser's request for an image of these projects. */
  ask(projects: readonly string[]): void;
  /** Latest first. */
  list(): readonly WantedImage[];
}

/** Each image takes as much space as its library, and minutes of processor time now and then. */
const MAX_IMAGES = 2;

export function createWantedImages(): WantedImages {
  let wanted: readonly WantedImage[] = [];
  return {
    ask(projects) {
      const image = wantedImage(projects);
      wanted = [image, ...wanted.filter(({ name }) => name !== image.name)].slice(0, MAX_IMAGES);
    },
    list: () => wanted,
  };
}

function wantedImage(projects: readonly string[]): WantedImage {
  const sorted = [...new Set(projects)].toSorted();
  return { name: createHash('sha256').update(sorted.join()).digest('hex').slice(0, 16), projects: sorted };
}
