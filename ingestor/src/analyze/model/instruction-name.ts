/**
 * Phrases in a name that address its reader. Such a file is not sent to a model at all. Every answer is validated
 * anyway; this protects the other files of its batch from a model that obeys.
 */
const TALK = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instructions?|prompts?|rules?|above|previous|prior|everything)\b/,
  /\b(?:system|developer|assistant) (?:prompt|message|instructions?)\b/,
  /\b(?:you are|act as|pretend to be|respond|reply|answer) (?:now |only |an? |with |as )+/,
  /\b(?:set|change|assign|return|mark|put) (?:the |all |every |each )*(?:subjects?|cameras?|asset types?|files?|others?)\b/,
  /\ball (?:other )?files? (?:are|is|belong|must|should)\b/,
];

export function readsLikeInstruction(path: string): boolean {
  const text = path
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/]+/gu, ' ');
  return text.split('/').some((name) => TALK.some((pattern) => pattern.test(name)));
}
