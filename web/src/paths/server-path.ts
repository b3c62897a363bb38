/** Returns an asset's path on the server. */
export function serverPath({
  source_path,
  relative_path,
}: {
  readonly source_path: string;
  readonly relative_path: string;
}): string {
  return `${source_path === '/' ? '' : source_path}/${relative_path}`;
}
