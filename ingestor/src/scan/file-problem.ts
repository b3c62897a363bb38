/** Why the system would not let us look at a file or folder, in a few words for people. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is gone, or its link leads nowhere',
  ELOOP: 'its links go in a circle',
  ENAMETOOLONG: 'its path is longer than the system takes',
  EIO: 'its drive fails to read it (EIO)',
  ESTALE: 'its network drive has lost it (ESTALE)',
};

export function fileProblem(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? String(error) : (WORDS[code] ?? `it could not be looked at (${code})`);
}

/** Whether it is simply not there (any more). */
export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
