/** Weighs a model's reading of a file against that of the rules. */
import { type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import type { Reading } from './batch-answer.ts';

export interface Weighed {
  readonly placement: Placement;
  /** The two readings as a clause each; null when they agree, or the rules say nothing. */
  readonly dispute: { readonly model: string; readonly rules: string } | null;
}

/** How certain a placement is. They rank placements; they are no probabilities. */
const CONFIDENCE = {
  /** The rules and the model agree. */
  agreed: 0.95,
  /** Only the model found something. */
  found: 0.75,
  disputed: 0.5,
} as const;

/**
 * Joins both readings: the model's counts where it gives a reason. A null camera is no opinion.
 *
 * @param model its name.
 * @returns null when the model changes something without a reason.
 */
export function weigh(rules: Placement, said: Reading, model: string): Weighed | null {
  const camera = said.camera ?? rules.camera;
  const isOther = {
    subject: said.subject !== rules.subject,
    camera: camera !== rules.camera,
    assetType: said.assetType !== rules.assetType,
  };
  if (!isOther.subject && !isOther.camera && !isOther.assetType) {
    return { placement: { ...rules, confidence: CONFIDENCE.agreed }, dispute: null };
  }
  if (said.because === null) return null;
  const placement = { subject: said.subject, camera, assetType: said.assetType };
  const clauses = (of: typeof placement) =>
    [
      ...(isOther.subject
        ? [of.subject === SHARED_SUBJECT ? 'no person is named' : `the person is ${of.subject}`]
        : []),
      ...(isOther.camera ? [of.camera === null ? 'no camera is named' : `the camera is ${of.camera}`] : []),
      ...(isOther.assetType ? [`it is ${of.assetType}`] : []),
    ].join(' and ');
  const [byModel, byRules] = [clauses(placement), clauses(rules)];
  const isDisputed =
    isOther.assetType ||
    (isOther.subject && rules.subject !== SHARED_SUBJECT) ||
    (isOther.camera && rules.camera !== null);
  const ofRules = rules.because === undefined || rules.because === '' ? '.' : `: ${rules.because}`;
  return {
    placement: {
      ...placement,
      confidence: isDisputed ? CONFIDENCE.disputed : CONFIDENCE.found,
      because: `${model} says that ${byModel}: “${said.because}”. The rules say that ${byRules}${ofRules}`,
    },
    dispute: isDisputed ? { model: byModel, rules: byRules } : null,
  };
}
