/** Decides which paths may be read: those inside a media root, compared by path components. */
import path from 'node:path';

/** Whether `target` is `root` or lies below it. Both absolute, symlinks resolved. */
export function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

export function isInsideAny(roots: readonly string[], target: string): boolean {
  return roots.some((root) => isInside(root, target));
}

/** Returns the innermost root that contains a path. */
export function rootOf(roots: readonly string[], target: string): string | null {
  return roots.filter((root) => isInside(root, target)).sort((a, b) => b.length - a.length)[0] ?? null;
}
