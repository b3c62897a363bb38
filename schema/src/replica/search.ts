/**
 * Finds names that contain all words of a text, in any order; `_`, `-`, `.` and spaces are alike. Exact matches come
 * first, then names that begin with the text, then names whose words begin with its words, then the rest; the latest
 * first among equals. Each page continues after the last row of the previous one. The same SQL searches a replica and
 * central Postgres.
 */
import { z } from 'zod';
import { fileType } from '../library/vocabulary.ts';
import type { Statement } from '../mutations/mutator.ts';
import { Parameters } from '../values/sql-text.ts';

export const searchKind = z.enum(['projects', 'subjects', 'packages', 'folders', 'assets']);
export type SearchKind = z.infer<typeof searchKind>;

/** The last row of the previous page. */
const searchCursor = z.object({
  rank: z.coerce.number().int(),
  /** Negated seconds since 1970, so that the latest sorts first. */
  age: z.coerce.number(),
  id: z.string(),
});
export type SearchCursor = z.infer<typeof searchCursor>;

export const searchRow = searchCursor.extend({
  name: z.string(),
  project_id: z.uuid(),
  project_name: z.string(),
  /** Set for packages, folders and assets. */
  package_id: z.uuid().nullable(),
  package_name: z.string().nullable(),
  /** Set for assets: the folder within the package. */
  folder_path: z.string().nullable(),
  file_type: fileType.nullable(),
});
export type SearchRow = z.infer<typeof searchRow>;

/** The answer of `GET /api/search`. */
export const searchAnswer = z.object({ rows: z.array(searchRow) });

/** Minimum length of a text to search file names for: shorter ones match too many names, and no index helps. */
export const MIN_FILE_TEXT = 3;
/** Maximum number of containing names, and of exact matches, that are ranked: for more, people type a longer text. */
const CANDIDATES = 1000;

interface Source {
  readonly from: string;
  readonly id: string;
  readonly name: string;
  readonly time: string;
  /** The condition for showing a row, on the table's own columns: a join would keep the search from stopping early. */
  readonly where: string;
  readonly packageColumns: string;
}

const noPackage = 'NULL::uuid AS package_id, NULL AS package_name, NULL AS file_type, NULL::integer AS folder';
const ofPackage = 'packages.id AS package_id, packages.name AS package_name';
const noAsset = 'NULL AS file_type, NULL::integer AS folder';
const liveProject = 'project_id NOT IN (SELECT id FROM projects WHERE deleted_at IS NOT NULL)';
const livePackage = `package_id NOT IN (
    SELECT packages.id FROM packages JOIN projects ON projects.id = packages.project_id
    WHERE packages.deleted_at IS NOT NULL OR projects.deleted_at IS NOT NULL
  )`;

const sources: Record<SearchKind, Source> = {
  projects: {
    from: 'projects',
    id: 'projects.id::text',
    name: 'projects.name',
    time: 'projects.updated_at',
    where: 'deleted_at IS NULL',
    packageColumns: noPackage,
  },
  subjects: {
    from: 'subjects JOIN projects ON projects.id = subjects.project_id',
    id: 'subjects.id::text',
    name: 'subjects.name',
    time: 'subjects.updated_at',
    where: `deleted_at IS NULL AND ${liveProject}`,
    packageColumns: noPackage,
  },
  packages: {
    from: 'packages JOIN projects ON projects.id = packages.project_id',
    id: 'packages.id::text',
    name: 'packages.name',
    time: 'packages.updated_at',
    where: `deleted_at IS NULL AND ${liveProject}`,
    packageColumns: `${ofPackage}, ${noAsset}`,
  },
  folders: {
    from: 'folders JOIN packages ON packages.id = folders.package_id JOIN projects ON projects.id = packages.project_id',
    id: "folders.package_id || ' ' || folders.number",
    name: 'folders.path',
    time: 'packages.updated_at',
    where: livePackage,
    packageColumns: `${ofPackage}, ${noAsset}`,
  },
  assets: {
    from: 'assets JOIN packages ON packages.id = assets.package_id JOIN projects ON projects.id = packages.project_id',
    id: 'assets.id::text',
    name: 'assets.name',
    time: 'assets.modified_at',
    where: `deleted_at IS NULL AND ${livePackage}`,
    packageColumns: `${ofPackage}, assets.file_type, assets.folder`,
  },
};

export interface SearchPage {
  readonly after: SearchCursor | null;
  readonly limit: number;
  /** Projects to search; null means all. */
  readonly projects: readonly string[] | null;
}

/** Returns the statement for up to `limit` {@link SearchRow} rows; null when the text is too short to search for. */
export function searchStatement(kind: SearchKind, text: string, page: SearchPage): Statement | null {
  const words = text.trim().split(/\s+/);
  const longest = Math.max(...words.map(({ length }) => length));
  if (longest === 0 || (kind === 'assets' && longest < MIN_FILE_TEXT)) return null;
  const { from, id, name, time, where, packageColumns } = sources[kind];
  const parameters = new Parameters();
  // Postgres lower-cases both sides, since JavaScript's lower case may differ.
  const pattern = (like: string) => `lower(${parameters.add(like)}::text)`;
  const plainName = `translate(lower(${name}), '_-.', '   ')`;
  const phrase = words.map(plain).join(' ');
  const exact = `${plainName} LIKE ${pattern(phrase)}`;
  const prefix = `${plainName} LIKE ${pattern(`${phrase}%`)}`;
  const wordStarts = words.map(
    (word) =>
      `' ' || ${plainName} LIKE ANY (ARRAY[${[' ', '/'].map((start) => pattern(`%${start}${plain(word)}%`)).join(', ')}])`,
  );
  const whole = `lower(${name}) LIKE ${pattern(words.map(anySeparator).join('_'))} AND ${exact}`;
  const contains = words.map((word) => {
    const indexed = `lower(${name}) LIKE ${pattern(`%${anySeparator(word)}%`)}`;
    return /[_.-]/.test(word) ? `${indexed} AND ${plainName} LIKE ${pattern(`%${plain(word)}%`)}` : indexed;
  });
  const within =
    page.projects === null
      ? ''
      : `AND ${kind === 'projects' ? 'id' : 'project_id'} = ANY (${parameters.add(page.projects)}::uuid[])`;
  const after = page.after
    ? `WHERE (rank, age, id) > (${parameters.add(page.after.rank)}::integer, ${parameters.add(page.after.age)}::double precision, ${parameters.add(page.after.id)}::text)`
    : '';
  // The ctid condition makes every scan begin at the table's start: the next page must see the same rows.
  const candidates = (condition: string) => `(
                SELECT ctid FROM ${kind}
                WHERE ${condition} AND ${where} ${within} AND ctid >= '(0,0)'
                LIMIT ${CANDIDATES}
              )`;
  return {
    text: `
        SELECT found.*, (
          SELECT path FROM folders WHERE folders.package_id = found.package_id AND folders.number = found.folder
        ) AS folder_path
        FROM (
          SELECT
            ${id} AS id, ${name} AS name,
            CASE
              WHEN ${exact} THEN 0
              WHEN ${prefix} THEN 1
              WHEN ${wordStarts.join(' AND ')} THEN 2
              ELSE 3
            END AS rank,
            -extract(epoch FROM ${time})::double precision AS age,
            projects.id AS project_id, projects.name AS project_name, ${packageColumns}
          FROM ${from}
          -- Stops at the limit, so a very common text costs no more than a rare one.
          WHERE ${kind}.ctid = ANY (ARRAY (
              ${candidates(whole)}
              UNION ALL
              ${candidates(contains.join(' AND '))}
            ))
        ) AS found
        ${after}
        ORDER BY rank, age, id
        LIMIT ${parameters.add(page.limit)}::integer`,
    values: parameters.values,
  };
}

/** Returns a LIKE pattern that takes any character for a separator, as the index on names can. */
function anySeparator(word: string): string {
  return word.replace(/[\\%]/g, '\\$&').replace(/[_.-]/g, '_');
}

/** Returns a LIKE pattern for names with spaces in place of separators. */
function plain(word: string): string {
  return word.replace(/[\\%]/g, '\\$&').replace(/[_.-]/g, ' ');
}
