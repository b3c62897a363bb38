/** Finds where a path is mounted from, according to Linux. */
import { readFile } from 'node:fs/promises';

export interface Mount {
  readonly point: string;
  /** 'ext4', 'nfs4', 'fuse.sshfs'. */
  readonly type: string;
  readonly source: string;
  readonly isReadOnly: boolean;
}

const NETWORK = /^(?:nfs|cifs|smb|afs|ceph|glusterfs|lustre|beegfs|gpfs|9p|fuse\.(?:sshfs|rclone|s3fs|glusterfs))/;

export function isNetwork({ type }: Mount): boolean {
  return NETWORK.test(type);
}

/** @param text of /proc/self/mountinfo. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    // 36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw: the fields before the dash vary in number.
    const [before = '', after] = line.split(' - ', 2);
    const [, , , , point, options = ''] = before.split(' ');
    const [type, source, superOptions = ''] = after?.split(' ') ?? [];
    if (point === undefined || type === undefined || source === undefined) return [];
    const isReadOnly = options.split(',').includes('ro') || superOptions.split(',').includes('ro');
    return [{ point: unescaped(point), type, source: unescaped(source), isReadOnly }];
  });
}

/** Returns the innermost mount of an absolute path without symlinks; of two at the same point the later one counts. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | null {
  const around = mounts.filter(({ point }) => point === '/' || path === point || path.startsWith(`${point}/`));
  return around.reduce<Mount | null>(
    (best, mount) => (best === null || mount.point.length >= best.point.length ? mount : best),
    null,
  );
}

/** Returns the mounts of this host; empty where the system has no list of them. */
export async function readMounts(): Promise<Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''));
}

/** Spaces, tabs, line breaks and backslashes are written in octal: `\040`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
