/**
 * Which replica is older. A version is text such as `20-3f0c41d29a8b7e65`: a number that is raised by hand, and
 * the fingerprint of what the replica is made of (replica-fingerprint.ts).
 *
 * The number alone says which is older. Two commits never have the same number and different fingerprints; a
 * working copy and its commit may: neither is older, and each opens only a replica of its own.
 */

/**
 * Raise it by one with every change of the fingerprint, and when what tabs say to each other changes; then run
 * `npm run fingerprint`. A test fails until both are done. Numbers below 20 counted migrations.
 */
export const REPLICA_VERSION = 20;

/** Of a build that carries no prepared replica: older than every other. */
export const UNBUILT_VERSION = '0-unbuilt';

export function formatReplicaVersion(number: number, fingerprint: string): string {
  return `${number}-${fingerprint}`;
}

/** What another version is to one's own, by the numbers only. */
export function compareVersions(other: string, own: string): 'same' | 'older' | 'newer' {
  const difference = numberOf(other) - numberOf(own);
  if (difference === 0) return 'same';
  return difference > 0 ? 'newer' : 'older';
}

/** Zero for what is no version, as replicas of former builds have. */
function numberOf(version: string): number {
  const number = /^(\d+)-/.exec(version)?.[1];
  return number === undefined ? 0 : Number(number);
}
