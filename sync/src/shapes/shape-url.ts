/** Translates a named shape for a `ShapeSource`: the table, columns and where that the server determines. */
import { type ShapeReference, scopeColumn, shapes } from '@ingesthub/schema/library/shapes.ts';

/** Returns a `/v1/shape` URL without protocol parameters; its host is meaningless. */
export function shapeUrl({ name, scopeId }: ShapeReference): URL {
  const { table, columns, scope } = shapes[name];
  const url = new URL('http://shapes.internal/v1/shape');
  url.searchParams.set('table', table);
  url.searchParams.set('columns', columns.join(','));
  const column = scopeColumn(scope);
  if (column !== null) {
    if (scopeId === undefined) throw new TypeError(`shape ${name} needs a ${scope}`);
    url.searchParams.set('where', `"${column}" = $1`);
    url.searchParams.set('params[1]', scopeId);
  }
  return url;
}
