/** Turns paths on the server into those of a person's computer, where the same storage is mounted elsewhere. */
import { z } from 'zod';
import { createPreference } from '../preferences/create-preference.ts';

/** A folder on the server, and where this computer has it. */
const pathMapping = z.object({ server: z.string(), here: z.string() });
export type PathMapping = z.infer<typeof pathMapping>;

export const [pathMappings, setPathMappings] = createPreference<readonly PathMapping[]>(
  'path-mappings',
  z.array(pathMapping).max(50),
  [],
);

/** Returns the path on this computer: by the longest mapping that covers it, or unchanged. */
export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  let best: PathMapping | null = null;
  for (const mapping of mappings) {
    if (
      covers(mapping.server, path) &&
      (best === null || withoutEnd(mapping.server).length > withoutEnd(best.server).length)
    )
      best = mapping;
  }
  if (best === null) return path;
  const rest = path.slice(withoutEnd(best.server).length);
  const folder = best.here.replace(/[/\\]+$/, '');
  const isWindows = /^[A-Za-z]:|\\/.test(best.here);
  // `/` mapped to `/` leaves nothing before the rest.
  return (isWindows ? folder + rest.replaceAll('/', '\\') : folder + rest) || '/';
}

/** Says in a sentence what is wrong with a mapping; null when nothing is. */
export function mappingProblem({ server, here }: PathMapping): string | null {
  if (!server.startsWith('/')) return 'A path on the server begins with a slash';
  if (!/^(?:\/|\\\\|[A-Za-z]:([/\\]|$))/.test(here)) return 'A path here begins with a slash, or a drive such as Z:';
  return null;
}

function covers(folder: string, path: string): boolean {
  const prefix = withoutEnd(folder);
  return path === prefix || path.startsWith(`${prefix}/`);
}

function withoutEnd(folder: string): string {
  return folder.replace(/\/+$/, '');
}
