/** Builds every details document: whatever a client's file holds, only values that fit the schema are kept. */
import { type AssetDetails, assetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { z } from 'zod';

/** Details as a reader found them: every part, and every field of a part, may be unknown. */
export type FoundDetails = {
  readonly [Part in keyof AssetDetails]?: Found<NonNullable<AssetDetails[Part]>> | null | undefined;
};
type Found<Value> = Value extends string
  ? Value
  : { readonly [Field in keyof Value]?: Value[Field] | null | undefined };

/** Drops unknown and impossible values one by one, and parts that are left empty. */
export function detailsOf(found: FoundDetails): AssetDetails {
  const details: Record<string, unknown> = {};
  for (const [part, schema] of Object.entries(assetDetails.shape)) {
    const kept = valid(schema.unwrap(), found[part as keyof AssetDetails]);
    if (kept !== null) details[part] = kept;
  }
  return details;
}

/** Merges the findings of two readers; where both know a field, the first wins. */
export function mergeDetails(first: AssetDetails, second: AssetDetails): AssetDetails {
  const merged: Record<string, unknown> = { ...second };
  for (const [part, value] of Object.entries(first)) {
    merged[part] = typeof value === 'string' ? value : { ...(merged[part] as object | undefined), ...value };
  }
  return merged;
}

function valid(schema: z.ZodType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (!(schema instanceof z.ZodObject)) return schema.safeParse(value).data ?? null;
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const given = (value as Record<string, unknown>)[name];
    const parsed = given === null || given === undefined ? null : field.safeParse(given);
    if (parsed?.success) fields[name] = parsed.data;
  }
  // Some parts require a certain field: half a place is no place.
  return Object.keys(fields).length > 0 && schema.safeParse(fields).success ? fields : null;
}
