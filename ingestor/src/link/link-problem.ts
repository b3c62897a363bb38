/** Why a link could not be made, in one sentence for people. */

/** What goes for the whole file system: each further link would meet it too. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  ENOSPC: 'The datasets folder is full.',
  EDQUOT: 'The quota of the datasets folder is used up.',
  EROFS: 'The datasets folder is read-only.',
  EIO: 'The disk of the datasets folder answers with errors.',
  ESTALE: 'The datasets folder is no longer mounted.',
  ENOTCONN: 'The datasets folder is no longer mounted.',
  ENOSYS: 'The file system of the datasets folder has no links.',
  ENOTSUP: 'The file system of the datasets folder has no links.',
  EOPNOTSUPP: 'The file system of the datasets folder has no links.',
};

/** Refused by ourselves; the message is one sentence for people. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/** @returns null when only this one link is concerned. */
export function problemEverywhere(error: unknown): string | null {
  return EVERYWHERE[codeOf(error)] ?? null;
}

/** @param place the link or folder that could not be made. */
export function linkProblem(error: unknown, place: string): string {
  if (error instanceof LinkRefused) return error.message;
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return `${place} could not be made: permission denied.`;
  if (code === 'EEXIST') return `${place} is there already.`;
  if (code === 'ENOTDIR') return `${place} could not be made: a part of its path is a file.`;
  if (code === 'ENAMETOOLONG') return `${place} could not be made: its path is too long.`;
  if (code === 'ELOOP') return `${place} could not be made: links in its path go in a circle.`;
  return problemEverywhere(error) ?? `${place} could not be made (${code || String(error)}).`;
}

/** Whether it is about links and folders, neither our mistake nor our end. */
export function isOfDisk(error: unknown): boolean {
  return error instanceof LinkRefused || /^E[A-Z0-9]+$/.test(codeOf(error));
}

/** Of an error of `node:fs`; '' of others. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
