/** Checks the folders that the ingestor writes to: derivatives, and links in dataset directories. */
import { mkdir, realpath, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isInsideAny } from '../../../scan/media-roots.ts';
import { bytesText } from '../../terminal/text-table.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { isNetwork, type Mount, mountOf } from './mounts.ts';

export interface FolderFacts {
  readonly path: string;
  /** Why the folder is not writable, as a system error code such as 'EACCES' or 'EDQUOT'; null: it is writable. */
  readonly problem: string | null;
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
  readonly isInMediaRoot: boolean;
  readonly mount: Mount | null;
}

/** Free space above the minimum below which the disk is about to fill up. */
const SOON_FULL = 20 * 1024 ** 3;
/** Share of the quota. */
const NEARLY_USED = 0.9;
/** More than an exhausted quota leaves. */
const TRIAL_BYTES = 64 * 1024;

/** @param trial what is written and removed again: only writing reveals a quota or a faulty network drive. */
export async function folderFacts(
  folder: string,
  trial: 'file' | 'symlink',
  { mediaRoots, mounts, mayCreate }: { mediaRoots: readonly string[]; mounts: readonly Mount[]; mayCreate: boolean },
): Promise<FolderFacts> {
  const isInMediaRoot = isInsideAny(mediaRoots, await realpath(folder).catch(() => folder));
  // Nothing is written in a media root, not even a trial.
  const problem = isInMediaRoot ? null : await tryToWrite(folder, trial, mayCreate);
  const real = await realpath(folder).catch(() => folder);
  const space = await statfs(real).catch(() => null);
  return {
    path: folder,
    problem,
    freeBytes: space === null ? null : space.bavail * space.bsize,
    totalBytes: space === null ? null : space.blocks * space.bsize,
    isInMediaRoot,
    mount: mountOf(mounts, real),
  };
}

async function tryToWrite(folder: string, trial: 'file' | 'symlink', mayCreate: boolean): Promise<string | null> {
  const file = path.join(folder, `.ihub-doctor-${process.pid}`);
  try {
    if (mayCreate) await mkdir(folder, { recursive: true });
    if (trial === 'file') await writeFile(file, Buffer.alloc(TRIAL_BYTES), { flag: 'wx' });
    else await symlink(folder, file);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

export interface DerivativeLimits {
  /** Bytes to keep free for others. */
  readonly minFree: number;
  /** Bytes; null: no limit. */
  readonly quota: number | null;
  /** Bytes that derivatives take; null: not counted. */
  readonly used: number | null;
}

export function derivativeFindings(facts: FolderFacts, { minFree, quota, used }: DerivativeLimits): Finding[] {
  const check = 'derivative folder';
  const { path: folder, problem, freeBytes, totalBytes } = facts;
  if (facts.isInMediaRoot) return [insideRoot(check, folder, 'PROXY_DIR')];
  if (problem !== null) return [unwritable(check, folder, problem)];
  const space = freeBytes === null ? '' : `, ${bytesText(freeBytes)} free of ${bytesText(totalBytes ?? 0)}`;
  const message = `${folder} is writable${placeText(facts.mount)}${space}`;
  const findings: Finding[] = [];
  if (freeBytes !== null && freeBytes < minFree) {
    const advice = 'free up space, set PROXY_DIR, or lower IHUB_MIN_FREE_GB';
    findings.push(failed(check, `${message}: less than the ${bytesText(minFree)} to keep free.`, advice));
  } else if (freeBytes !== null && freeBytes < minFree + SOON_FULL) {
    findings.push(warning(check, `${message}: it is nearly full.`, 'free up space before the ingestor has to stop'));
  } else {
    findings.push(ok(check, message));
  }
  if (quota === null || used === null) return findings;
  const share = `Derivatives take ${bytesText(used)} of the ${bytesText(quota)} of IHUB_DERIVATIVE_QUOTA_GB`;
  if (used >= quota) findings.push(failed(check, `${share}.`, 'raise the quota, or delete what is not needed'));
  else if (used >= quota * NEARLY_USED)
    findings.push(warning(check, `${share}.`, 'raise the quota before the ingestor has to stop'));
  else findings.push(ok(check, share));
  return findings;
}

/** @param facts null: no datasets root is set. */
export function datasetFindings(facts: FolderFacts | null): Finding[] {
  const check = 'datasets root';
  if (facts === null) return [ok(check, 'DATASETS_ROOT is not set: assets are not linked')];
  const { path: folder, problem } = facts;
  if (facts.isInMediaRoot) return [insideRoot(check, folder, 'DATASETS_ROOT')];
  if (problem === 'EPERM' || problem === 'EOPNOTSUPP' || problem === 'ENOTSUP') {
    const advice = 'use another file system, or mount this one with symlink support (cifs: mfsymlinks)';
    return [failed(check, `The file system of ${folder} does not support symlinks.`, advice)];
  }
  if (problem !== null) return [unwritable(check, folder, problem)];
  return [ok(check, `${folder} accepts links${placeText(facts.mount)}`)];
}

function insideRoot(check: string, folder: string, variable: string): Finding {
  return failed(
    check,
    `${folder} is inside a media root, where IngestHub never writes.`,
    `set ${variable} to another folder`,
  );
}

function unwritable(check: string, folder: string, problem: string): Finding {
  const reasons: Readonly<Record<string, [string, string]>> = {
    ENOENT: ['it does not exist', 'create or mount it'],
    EACCES: ['permission denied', 'give the ingestor’s account write permission there'],
    EROFS: ['it is mounted read-only', 'mount it writable'],
    ENOSPC: ['its disk is full', 'free up space'],
    EDQUOT: ["this account's quota is used up", 'raise the quota, or free up space'],
    ENOTDIR: ['it is not a folder', 'choose another path'],
  };
  const [why, advice] = reasons[problem] ?? [problem, null];
  return failed(check, `${folder} is not writable: ${why}.`, advice);
}

function placeText(mount: Mount | null): string {
  if (mount === null) return '';
  return `, on ${mount.type}${isNetwork(mount) ? ` from ${mount.source}` : ''}`;
}
