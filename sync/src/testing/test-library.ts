/** A small library for tests: one project, one package and the requested number of assets. */
import type { Sql } from 'postgres';
import { v7 as uuid } from 'uuid';

export interface TestLibrary {
  readonly projectId: string;
  readonly packageId: string;
  readonly assetIds: readonly string[];
}

export async function insertTestLibrary(
  sql: Sql,
  options: { assets: number; sourcePath?: string },
): Promise<TestLibrary> {
  const projectId = uuid();
  const packageId = uuid();
  const assetIds = Array.from({ length: options.assets }, () => uuid());
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, ${`Project ${projectId}`}, 'vfx')`;
  await sql`INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${packageId}, ${projectId}, 'Package', 'vfx', ${options.sourcePath ?? '/media/package'})`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT id, ${projectId}, ${packageId}, n || '.png', n || '.png', 'image', 'aligned', 1000, now()
    FROM unnest(${assetIds}::uuid[]) WITH ORDINALITY AS numbered (id, n)`;
  return { projectId, packageId, assetIds };
}
