/** Reads attributes of a camera's XML. Nothing in it is expanded or followed: an attribute with an entity is unknown. Pure. */

/** Characters of XML that are looked at. */
export const MAX_XML = 256 * 1024;

/**
 * Returns the attributes of the first element with a name, by their names; none when there is no such element, or when
 * the XML declares a document type.
 *
 * @param name without a prefix, which the element may have.
 */
export function elementAttributes(xml: string, name: string): ReadonlyMap<string, string> {
  const text = xml.slice(0, MAX_XML);
  const attributes = new Map<string, string>();
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return attributes;
  const [, inside = ''] = new RegExp(`<(?:[\\w-]+:)?${name}\\s([^<>]*)>`).exec(text) ?? [];
  for (const [, key = '', double, single] of inside.matchAll(/([\w:-]+)=(?:"([^"]*)"|'([^']*)')/g)) {
    const value = double ?? single ?? '';
    if (!value.includes('&')) attributes.set(key, value);
  }
  return attributes;
}
