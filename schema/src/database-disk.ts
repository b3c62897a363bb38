/** The room on the database's disk, where that is this machine's: a Postgres without any ends. Node only. */
import { z } from 'zod';
import { freeBytes } from './free-bytes.ts';

/** For a process's own zod object, by spread. */
export const diskVariables = {
  /** Gigabytes that derivatives, and changes to the library, leave free on their disks. */
  IHUB_MIN_FREE_GB: z.coerce.number().min(0).default(1),
  /** Where the embedded Postgres keeps its data, as the launcher says; unset: its disk is not ours to see. */
  IHUB_DATABASE_FOLDER: z.string().optional(),
};

export const GIGABYTE = 1e9;

export interface DatabaseDisk {
  /** Why changes wait, in one sentence; null: they do not. */
  problem(): Promise<string | null>;
}

/** @param folder null: another machine's. */
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
