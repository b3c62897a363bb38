/**
 * A proposal: the analysis's reading of a folder. {@link proposal} is the part that a package stores and browsers
 * see; {@link folderProposal} adds the placements that people edit and an ingest applies.
 */
import { z } from 'zod';
import { placementEntry } from './placements.ts';
import { packageType } from './vocabulary.ts';

/** Usage and cost of the requests to a model. Null, never 0, when the model reports no figure or no price is set. */
const modelUsage = z.object({
  prompt_tokens: z.number().int().min(0).nullable(),
  /** Includes the model's thinking tokens, which are billed too. */
  output_tokens: z.number().int().min(0).nullable(),
  cost_usd: z.number().min(0).nullable(),
  /** HTTP requests, including retries. */
  requests: z.number().int().min(0),
  /** Answers served from the cache at no cost. */
  cached: z.number().int().min(0),
});
export type ModelUsage = z.infer<typeof modelUsage>;

/** The analysis's reading of a folder, with its evidence. */
export const proposal = z.object({
  /** `gemini` and `model` are models, which have read the names together with the rules. */
  source: z.enum(['rules', 'gemini', 'model', 'person']),
  confidence: z.number().min(0).max(1),
  /** Signals by which package kinds are recognised, true for those that hold. */
  signals: z.record(z.string(), z.boolean()),
  /** Sentences for people, one per observation. */
  evidence: z.array(z.string()),

  // Absent from older proposals.
  type: packageType.optional(),
  /** One sentence per failure, such as a batch that the model did not answer. */
  problems: z.array(z.string()).optional(),
  /** The model's name; null when no model was used. */
  model: z.string().nullable().optional(),
  usage: modelUsage.nullable().optional(),
  /** Hash of the names, sizes and kinds that the proposal was made from. */
  listing_hash: z.string().optional(),
});
export type Proposal = z.infer<typeof proposal>;

/** A proposal in the present format, with placements. */
export const folderProposal = proposal.required().extend({
  /** The subject of most assets; `shared` only when no other subject exists. */
  primary_subject: z.string(),
  entries: z.array(placementEntry),
});
export type FolderProposal = z.infer<typeof folderProposal>;
