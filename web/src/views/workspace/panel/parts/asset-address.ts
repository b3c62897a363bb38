/** Returns the address of an asset's package with a filter for its name. */
export function assetAddress({ package_id, name }: { readonly package_id: string; readonly name: string }): string {
  // A quote would end the term and a comma split it; * stands for any characters.
  const term = `name:"${name.replaceAll(/[",]/g, '*')}"`;
  return `/packages/${package_id}?${new URLSearchParams({ q: term, sidecars: 'yes' })}`;
}
