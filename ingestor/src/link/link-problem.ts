/** Explains in one sentence for people why a link could not be made. */

/** Problems of the whole file system, which every further link would meet too. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  ENOSPC: 'The datasets root is full.',
  EDQUOT: 'The quota of the datasets root is used up.',
  EROFS: 'The datasets root is read-only.',
  EIO: 'The disk of the datasets root reports errors.',
  ESTALE: 'The datasets root is no longer mounted.',
  ENOTCONN: 'The datasets root is no longer mounted.',
  ENOSYS: 'The file system of the datasets root does not support links.',
  ENOTSUP: 'The file system of the datasets root does not support links.',
  EOPNOTSUPP: 'The file system of the datasets root does not support links.',
};

/** A link that our own checks rejected; the message is one sentence for people. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/** @returns null when the error affects only this link. */
export function problemEverywhere(error: unknown): string | null {
  return EVERYWHERE[codeOf(error)] ?? null;
}

/** @param place the link or folder that could not be created. */
export function linkProblem(error: unknown, place: string): string {
  if (error instanceof LinkRefused) return error.message;
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return `${place} could not be created: permission denied.`;
  if (code === 'EEXIST') return `${place} already exists.`;
  if (code === 'ENOTDIR') return `${place} could not be created: part of its path is a file.`;
  if (code === 'ENAMETOOLONG') return `${place} could not be created: its path is too long.`;
  if (code === 'ELOOP') return `${place} could not be created: links in its path form a loop.`;
  return problemEverywhere(error) ?? `${place} could not be created (${code || String(error)}).`;
}

/** Whether an error concerns links and folders, rather than a bug or an abort. */
export function isOfDisk(error: unknown): boolean {
  return error instanceof LinkRefused || /^E[A-Z0-9]+$/.test(codeOf(error));
}

/** Returns the code of an error of `node:fs`; '' for other errors. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
