/** Whether a query's text asks for assets with a flag, or for those without it. */
import { outerTerms, withTerms } from './edit-query.ts';
import { fold } from './key-values.ts';

export type FlagChoice = 'yes' | 'no' | 'any' | null;

/** @returns null where the text does not say; `any` where it names the flag to list both. */
export function readFlag(text: string, key: string): FlagChoice {
  const term = outerTerms(text, key).at(-1);
  if (term === undefined) return null;
  const value = { '': 'yes', yes: 'yes', no: 'no', any: 'any' }[fold(term.value)] as FlagChoice | undefined;
  if (value === undefined || value === 'any' || !term.negative) return value ?? null;
  return value === 'yes' ? 'no' : 'yes';
}

export function withFlag(text: string, key: string, choice: FlagChoice): string {
  const terms = { yes: [`${key}:`], no: [`${key}:no`], any: [`${key}:any`] };
  return withTerms(text, outerTerms(text, key), choice === null ? [] : terms[choice]);
}
