/** The one way to a document of details: whatever a client's file says, only what fits the schema stays. */
import { type AssetDetails, assetDetails } from '@ingesthub/schema/asset-details.ts';
import { z } from 'zod';

/** As a reader found it: any part, and any field of it, may be unknown. */
export type FoundDetails = {
  readonly [Part in keyof AssetDetails]?: Found<NonNullable<AssetDetails[Part]>> | null | undefined;
};
type Found<Value> = Value extends string
  ? Value
  : { readonly [Field in keyof Value]?: Value[Field] | null | undefined };

/** Drops unknown and impossible values one by one, and parts of which nothing is left. */
export function detailsOf(found: FoundDetails): AssetDetails {
  const details: Record<string, unknown> = {};
  for (const [part, schema] of Object.entries(assetDetails.shape)) {
    const kept = valid(schema.unwrap(), found[part as keyof AssetDetails]);
    if (kept !== null) details[part] = kept;
  }
  return details;
}

/** Two readers' findings as one; where both know a field, the first is right. */
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
  // Some parts are nothing without a certain field: half a place is none.
  return Object.keys(fields).length > 0 && schema.safeParse(fields).success ? fields : null;
}
