/** How it stands with keeping a package or project offline, in words. */
import { formatBytes, formatCount, formatCountOf } from '../ui/format.ts';
import type { KeptAmount } from './kept-scopes.ts';
import type { KeepingState } from './picture-news.ts';
import type { KeptScope } from './pictures-database.ts';

export interface KeepingFacts {
  /** Null: nobody wants it offline. */
  readonly scope: KeptScope | null;
  readonly amount: KeptAmount;
  /** Pictures there are; null: not known yet. */
  readonly total: number | null;
  readonly state: KeepingState;
}

export interface KeepingWords {
  /** For the button that opens the rest. */
  readonly label: string;
  readonly sentence: string;
  /** 0 to 1; null: nothing is under way. */
  readonly progress: number | null;
  readonly isProblem: boolean;
  /** What a person may do besides removing it. */
  readonly action: 'stop' | 'go on' | 'try again' | null;
}

export function describeKeeping({ scope, amount, total, state }: KeepingFacts): KeepingWords {
  const words = { progress: null, isProblem: false, action: null };
  if (scope === null) return { ...words, label: 'Keep offline', sentence: '' };
  const isWhole = total !== null && amount.pictures >= total;
  const share = total === null || total === 0 ? 0 : Math.min(1, amount.pictures / total);
  const here = `${formatCount(amount.pictures)} of ${total === null ? '–' : formatCountOf(total, 'picture')}`;
  const percent = `${Math.floor(share * 100)} %`;
  if (isWhole) {
    return {
      ...words,
      label: 'Kept offline',
      sentence: `${formatCountOf(amount.pictures, 'picture')} on this device, ${formatBytes(amount.bytes)}. New ones are added.`,
    };
  }
  if (scope.stopped) {
    return { ...words, label: `Stopped at ${percent}`, sentence: `${here} are on this device.`, action: 'go on' };
  }
  switch (state.at) {
    case 'resting':
      // Whether a round is about to begin or the server lacks some: nothing is wrong.
      return {
        ...words,
        label: 'Kept offline',
        sentence: `${here} are on this device; the rest is added when the server has it.`,
      };
    case 'fetching':
      return {
        ...words,
        label: `Keeping offline, ${percent}`,
        sentence: `${here} are on this device.`,
        progress: share,
        action: 'stop',
      };
    case 'waiting':
      return {
        ...words,
        label: `Kept offline: ${percent}`,
        sentence: `${here} are on this device. It goes on when the server answers.`,
        action: 'stop',
      };
    case 'full':
      return {
        ...words,
        label: 'No room left',
        sentence: `${here} are on this device, and it has no room for more. Remove something, then try again.`,
        isProblem: true,
        action: 'try again',
      };
    case 'failed':
      return {
        ...words,
        label: `Kept offline: ${percent}`,
        sentence: `${here} are on this device. ${state.problem}`,
        isProblem: true,
        action: 'try again',
      };
  }
}
