/** Working sets that browsers have asked an image for, beside the one for new browsers: the latest few are kept ready. */
import { createHash } from 'node:crypto';

interface WantedImage {
  readonly name: string;
  readonly projects: readonly string[];
}

export interface WantedImages {
  /** A browser asks for an image of these projects. */
  ask(projects: readonly string[]): void;
  /** The latest first. */
  list(): readonly WantedImage[];
}

/** Each takes as much room as its library, and minutes of a processor now and then. */
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
