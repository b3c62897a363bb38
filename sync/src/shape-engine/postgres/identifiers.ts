/** SQL identifiers in requests and statements: unquoted identifiers fold to lower case, as in Postgres. */

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const ONE = String.raw`(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))`;
const TABLE = new RegExp(`^(?:${ONE}\\.)?${ONE}$`);
const LIST_ITEM = new RegExp(`\\s*${ONE}\\s*(,|$)`, 'y');

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Reads `items`, `public.items` or `"Schema"."Items"`; null when the text is not a table name. */
export function parseTableName(text: string): TableName | null {
  const parts = TABLE.exec(text);
  if (!parts) return null;
  const schema = unquote(parts[1], parts[2]) ?? 'public';
  const name = unquote(parts[3], parts[4]);
  return name === null ? null : { schema, name };
}

/** Reads `id,"Title"`; null when the text is not a list of identifiers. */
export function parseIdentifierList(text: string): string[] | null {
  const names: string[] = [];
  LIST_ITEM.lastIndex = 0;
  for (;;) {
    const parts = LIST_ITEM.exec(text);
    const name = parts && unquote(parts[1], parts[2]);
    if (!parts || name === null) return null;
    names.push(name);
    if (parts[3] === '') return names;
  }
}

function unquote(quoted: string | undefined, bare: string | undefined): string | null {
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  return bare?.toLowerCase() ?? null;
}
