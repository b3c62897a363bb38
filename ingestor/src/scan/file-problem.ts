/** Explains in a few words for people why the system would not let us read a file or folder. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is gone, or its link is broken',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its path is too long for the system',
  EIO: 'its drive fails to read it (EIO)',
  ESTALE: 'its network drive has lost it (ESTALE)',
};

export function fileProblem(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? String(error) : (WORDS[code] ?? `it could not be read (${code})`);
}

/** Whether the file or folder does not exist, or no longer. */
export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
