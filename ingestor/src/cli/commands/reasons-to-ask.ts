/** A proposal below this confidence is a guess. */
const SURE = 0.75;

/** Returns why a person should confirm before the ingest begins; empty: no confirmation is needed. */
export function reasonsToAsk(
  proposal: { confidence: number },
  known: { name: string; isDeleted: boolean } | null,
): string[] {
  return [
    ...(proposal.confidence < SURE ? [`The proposal is only ${Math.round(proposal.confidence * 100)} % sure.`] : []),
    ...(known === null
      ? []
      : [
          known.isDeleted
            ? `This folder is the deleted package ${known.name}, which would be restored.`
            : `This folder is already the package ${known.name}.`,
        ]),
  ];
}
