/** Answers a DELETE that names the shape's definition, its handle, or both. Only for engines that allow deletion. */
import type { DefinitionCache } from '../protocol/definition-cache.ts';
import type { RequestParameters } from '../protocol/request-parameters.ts';
import { deleted, invalidRequest, noSuchShape } from '../protocol/responses.ts';
import { parseShapeRequest } from '../protocol/shape-request.ts';
import type { ShapeRegistry } from '../shapes/shape-registry.ts';

export async function deleteShape(
  fields: RequestParameters['shape'],
  definitions: DefinitionCache,
  registry: ShapeRegistry,
): Promise<Response> {
  const { handle = null, table } = fields;
  if (table === undefined && handle === null)
    return invalidRequest({ handle: ["can't be blank when shape definition is missing"] });
  let shape = registry.find((candidate) => candidate.handle === handle);
  if (table !== undefined) {
    // A reader's position has no bearing on the shape.
    const parsed = parseShapeRequest({ ...fields, offset: '-1', live: 'false', live_sse: 'false' });
    if ('errors' in parsed) return invalidRequest(parsed.errors);
    const found = await definitions.find(parsed.request);
    if ('errors' in found) return invalidRequest(found.errors);
    shape = registry.find(({ definition }) => definition.identity === found.definition.identity);
    if (shape && handle !== null && handle !== shape.handle)
      return invalidRequest({ handle: ['is not of the shape that the other parameters define'] });
  }
  if (!shape) return noSuchShape();
  registry.drop(shape);
  return deleted();
}
