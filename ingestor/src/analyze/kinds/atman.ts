/** ATMAN packages: recorded footage of people, in whatever folders a client has. */
import path from 'node:path';
import { geminiLayout } from '../gemini/gemini-layout.ts';
import { postCheck } from '../reading/post-checks.ts';
import { readDelivery } from '../reading/read-delivery.ts';
import { atmanConfidence } from '../rules/confidence.ts';
import { subjectCounts } from '../rules/primary-subject.ts';
import {
  type CheckedLayout,
  type CorrectedLayout,
  describeKind,
  type PackageKind,
  type PackageListing,
  type Placed,
  type PlacementHelp,
  placedByRules,
} from './package-kind.ts';

const MAX_SUBJECTS = 10;

export const atman: PackageKind = {
  ...describeKind('atman'),
  // Footage has no marks of its own: a folder is ATMAN when no other kind claims it.
  recognise: () => ({ confidence: 0, signals: {}, evidence: [] }),
  place,
  check,
};

async function place(
  { folder, assets }: PackageListing,
  { gemini, subjects: known, signal }: PlacementHelp,
): Promise<Placed> {
  const delivery = path.basename(folder.path);
  const rules = readDelivery(assets, delivery, { subjects: known });
  const byRules = placedByRules(rules);
  if ('unavailable' in gemini) {
    const said = [gemini.unavailable];
    return gemini.isMistake ? { ...byRules, problems: said } : { ...byRules, evidence: [...said, ...rules.evidence] };
  }
  if (assets.length === 0) return byRules;

  const layout = await geminiLayout(assets, delivery, rules.placements, { ...gemini, signal });
  const { placements, problems, usage, answered } = layout;
  const model = gemini.settings.model;
  if (answered === 0) return { ...byRules, problems, model, usage };
  const subjects = subjectCounts(placements).slice(0, MAX_SUBJECTS);
  const evidence = [
    ...layout.evidence,
    ...subjects.map(([name, files]) => `Subject ${name}: ${files} ${files === 1 ? 'file' : 'files'}.`),
  ];
  return { placements, evidence, source: 'gemini', problems, model, usage, byModel: answered / assets.length };
}

function check({ assets, placements, fixedSubjects, byModel }: CorrectedLayout): CheckedLayout {
  const checked = postCheck(assets, placements, { isFixed: (index) => fixedSubjects.has(index), byModel: byModel > 0 });
  return { ...checked, confidence: atmanConfidence(assets, checked.placements, byModel) };
}
