/** ATMAN packages: recorded footage of people, in whatever folders a client has. */
import path from 'node:path';
import { modelLayout } from '../model/model-layout.ts';
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
  { model: asked, subjects: known = [], said, signal }: PlacementHelp,
): Promise<Placed> {
  const delivery = path.basename(folder.path);
  const read = readDelivery(said.files, said.delivery, { subjects: known, said: said.people });
  const rules = { ...read, placements: said.explain(read.placements) };
  const byRules = placedByRules(rules);
  if ('unavailable' in asked) {
    const why = [asked.unavailable];
    return asked.isMistake ? { ...byRules, problems: why } : { ...byRules, evidence: [...why, ...rules.evidence] };
  }
  if (assets.length === 0) return byRules;

  const people = [...known, ...said.people.map(({ name }) => name)];
  const listing = { assets, delivery, rules: rules.placements, subjects: people };
  const layout = await modelLayout(listing, { ...asked, signal });
  const { problems, usage, answered, changed, disputed } = layout;
  const placements = said.insist(layout.placements, read.placements);
  const { model, api } = asked.settings;
  if (answered === 0) return { ...byRules, problems, model, usage };
  const subjects = subjectCounts(placements).slice(0, MAX_SUBJECTS);
  const evidence = [
    ...layout.evidence,
    ...subjects.map(([name, files]) => `Subject ${name}: ${files} ${files === 1 ? 'file' : 'files'}.`),
  ];
  const source = api === 'gemini' ? 'gemini' : 'model';
  const [byModel, inDispute] = [answered / assets.length, disputed / assets.length];
  return { placements, evidence, source, problems, model, usage, changed, byModel, disputed: inDispute };
}

function check({ assets, placements, fixedSubjects, changed, byModel, disputed }: CorrectedLayout): CheckedLayout {
  const checked = postCheck(assets, placements, {
    isFixed: (index) => fixedSubjects.has(index),
    isChanged: (index) => changed.has(index),
  });
  return { ...checked, confidence: atmanConfidence(assets, checked.placements, { byModel, disputed }) };
}
