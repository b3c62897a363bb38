/** Reads links for the command line. */
import { z } from 'zod';
import type { Sql } from './client.ts';

const packageLinks = z.object({
  id: z.uuid(),
  name: z.string(),
  project: z.string(),
  made: z.number().int(),
  failed: z.number().int(),
  problem: z.string().nullable(),
});
export type PackageLinksReport = z.infer<typeof packageLinks>;

/** Reports one package, or all that are not deleted. */
export async function reportLinks(sql: Sql, packageId: string | null): Promise<PackageLinksReport[]> {
  const rows = await sql`
    SELECT
      packages.id, packages.name, projects.name AS project,
      links_made AS made, links_failed AS failed, link_problem AS problem
    FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE packages.deleted_at IS NULL AND (${packageId}::uuid IS NULL OR packages.id = ${packageId})
    ORDER BY lower(projects.name), lower(packages.name), packages.id`;
  return z.array(packageLinks).parse(rows);
}

const failedLink = z.object({ relative_path: z.string(), link_path: z.string(), problem: z.string() });
export type FailedLink = z.infer<typeof failedLink>;

export async function listFailedLinks(sql: Sql, packageId: string): Promise<FailedLink[]> {
  const rows = await sql`
    SELECT assets.relative_path, dataset_links.link_path, dataset_links.problem
    FROM dataset_links JOIN assets ON assets.id = asset_id
    WHERE dataset_links.package_id = ${packageId} AND dataset_links.problem IS NOT NULL
    ORDER BY assets.relative_path`;
  return z.array(failedLink).parse(rows);
}
