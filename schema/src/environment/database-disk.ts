/** Free space on the database's disk, if the disk is local: Postgres shuts down when its disk is full. Node only. */
import { z } from 'zod';
import { freeBytes } from './free-bytes.ts';

/** Variables to spread into a process's own zod object. */
export const diskVariables = {
  /** Gigabytes to keep free on the disks that derivatives and the database are written to. */
  IHUB_MIN_FREE_GB: z.coerce.number().min(0).default(1),
  /** Data folder of the embedded Postgres, set by the launcher; unset when the database's disk is not visible here. */
  IHUB_DATABASE_FOLDER: z.string().optional(),
};

export const GIGABYTE = 1e9;

export interface DatabaseDisk {
  /** Returns why changes have to wait, in one sentence; null when there is room. */
  problem(): Promise<string | null>;
}

/** @param folder null when the database is on another machine. */
export function createDatabaseDisk(folder: string | null, minFree: number): DatabaseDisk {
  return {
    async problem() {
      const free = folder === null ? null : await freeBytes(folder);
      if (free === null || free >= minFree) return null;
      const [has, needs] = [free, minFree].map((bytes) => `${Number((bytes / GIGABYTE).toPrecision(2))} GB`);
      return `The disk of the database has ${has} free, less than the ${needs} of IHUB_MIN_FREE_GB: changes wait until there is room.`;
    },
  };
}
