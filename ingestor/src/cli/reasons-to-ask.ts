/** A proposal below this is a guess. */
const SURE = 0.75;

/** Why a person should look before the ingest begins; empty: they need not. */
export function reasonsToAsk(
  proposal: { confidence: number },
  known: { name: string; isDeleted: boolean } | null,
): string[] {
  return [
    ...(proposal.confidence < SURE ? [`What it is is only ${Math.round(proposal.confidence * 100)} % sure.`] : []),
    ...(known === null
      ? []
      : [
          known.isDeleted
            ? `It is the package ${known.name} that was deleted, and would come back.`
            : `It is the package ${known.name} already.`,
        ]),
  ];
}
