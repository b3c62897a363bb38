/**
 * Compares the versions of replicas. A version is text such as `20-3f0c41d29a8b7e65`: a number that only grows,
 * and the fingerprint of the replica's sources (replica-fingerprint.ts).
 *
 * The number alone decides which is older. Two commits never have the same number and different fingerprints. A
 * working copy and its commit may: neither is older then, and each opens only its own replica.
 */

/**
 * Raised by `npm run fingerprint` with every change of the fingerprint; raise it by hand, and run that too, when the
 * messages between tabs change. A test fails until it is recorded. Numbers below 20 counted migrations.
 */
export const REPLICA_VERSION = 28;

/** The version of a build without a prepared replica: older than every other. */
export const UNBUILT_VERSION = '0-unbuilt';

export function formatReplicaVersion(number: number, fingerprint: string): string {
  return `${number}-${fingerprint}`;
}

/** Compares another version with this one, by the numbers only. */
export function compareVersions(other: string, own: string): 'same' | 'older' | 'newer' {
  const difference = numberOf(other) - numberOf(own);
  if (difference === 0) return 'same';
  return difference > 0 ? 'newer' : 'older';
}

/** Returns 0 for text that is not a version, as earlier builds wrote it. */
function numberOf(version: string): number {
  const number = /^(\d+)-/.exec(version)?.[1];
  return number === undefined ? 0 : Number(number);
}
