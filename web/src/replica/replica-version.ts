/**
 * Which replica is older. A version is text such as `9-3f0c41d29a8b7e65`: a number that only grows from
 * release to release, and a name of exactly what the replica is made of (replica-image/replica-key.ts).
 */

/**
 * Raise it with each release that changes what a replica is made of beside the migrations, which are
 * counted too: replica.sql and the base tables, PGlite, what tabs say to each other.
 */
export const OTHER_CHANGES = 2;

/** Of a build that carries no prepared replica: older than every other. */
export const UNBUILT_VERSION = '0-unbuilt';

/** @param key names what it is made of; the same key, the same replica. */
export function formatReplicaVersion(migrations: number, key: string): string {
  return `${migrations + OTHER_CHANGES}-${key}`;
}

/**
 * What another version is to one's own. Of two with the same number, which only builds under development
 * have, both take the other for older.
 */
export function compareVersions(other: string, own: string): 'same' | 'older' | 'newer' {
  if (other === own) return 'same';
  return generation(other) > generation(own) ? 'newer' : 'older';
}

function generation(version: string): number {
  const number = Number.parseInt(version, 10);
  return Number.isNaN(number) ? 0 : number;
}
