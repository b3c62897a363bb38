/**
 * A proposal: what analysis thinks a folder is. {@link proposal} is what a package keeps of it and browsers see;
 * {@link folderProposal} has the placements too, as people edit them and an ingest applies them.
 */
import { z } from 'zod';
import { placementEntry } from './placements.ts';
import { packageType } from './vocabulary.ts';

/** What the questions to a model came to. Null: it did not say, or no price is set; never 0 for that. */
const modelUsage = z.object({
  prompt_tokens: z.number().int().min(0).nullable(),
  /** With what the model thought before it answered: that is paid for as well. */
  output_tokens: z.number().int().min(0).nullable(),
  cost_usd: z.number().min(0).nullable(),
  /** HTTP requests, repeated ones included. */
  requests: z.number().int().min(0),
  /** Answers that were known from earlier, and cost nothing. */
  cached: z.number().int().min(0),
});
export type ModelUsage = z.infer<typeof modelUsage>;

/** What analysis thought a folder is, with its evidence. */
export const proposal = z.object({
  source: z.enum(['rules', 'gemini', 'person']),
  confidence: z.number().min(0).max(1),
  /** Of the VFX rule: which of its signals held. */
  signals: z.record(z.string(), z.boolean()),
  /** Sentences for people, each about one thing that was seen. */
  evidence: z.array(z.string()),

  // Absent from what was written before these were kept.
  type: packageType.optional(),
  /** What did not go as it should, such as a batch that the model did not answer: one sentence each. */
  problems: z.array(z.string()).optional(),
  /** The model's name; null: none was asked. */
  model: z.string().nullable().optional(),
  usage: modelUsage.nullable().optional(),
  /** Of the names, sizes and kinds that it was made from. */
  listing_hash: z.string().optional(),
});
export type Proposal = z.infer<typeof proposal>;

/** A proposal of now, with the placements. */
export const folderProposal = proposal.required().extend({
  /** The subject of most assets; `shared` only when there is no other. */
  primary_subject: z.string(),
  entries: z.array(placementEntry),
});
export type FolderProposal = z.infer<typeof folderProposal>;
