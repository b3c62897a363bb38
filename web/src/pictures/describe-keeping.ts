/** Describes how far a package or project is kept offline. */
import { formatBytes, formatCount, formatCountOf } from '../ui/format.ts';
import type { KeptAmount } from './kept-scopes.ts';
import type { KeepingState } from './picture-news.ts';
import type { KeptScope } from './pictures-database.ts';

export interface KeepingFacts {
  /** Null when it is not to be kept offline. */
  readonly scope: KeptScope | null;
  readonly amount: KeptAmount;
  /** The number of pictures in total; null while unknown. */
  readonly total: number | null;
  readonly state: KeepingState;
}

export interface KeepingWords {
  /** The label of the button that opens the details. */
  readonly label: string;
  readonly sentence: string;
  /** 0 to 1; null while nothing is being fetched. */
  readonly progress: number | null;
  readonly isProblem: boolean;
  /** The action offered besides removing the pictures. */
  readonly action: 'stop' | 'resume' | 'try again' | null;
}

export function describeKeeping({ scope, amount, total, state }: KeepingFacts): KeepingWords {
  const words = { progress: null, isProblem: false, action: null };
  if (scope === null) return { ...words, label: 'Keep offline', sentence: '' };
  const isWhole = total !== null && amount.pictures >= total;
  const share = total === null || total === 0 ? 0 : Math.min(1, amount.pictures / total);
  const here = `${formatCount(amount.pictures)} of ${total === null ? '–' : formatCountOf(total, 'picture')}`;
  const percent = `${Math.floor(share * 100)}%`;
  if (isWhole) {
    return {
      ...words,
      label: 'Kept offline',
      sentence: `${formatCountOf(amount.pictures, 'picture')} on this device, ${formatBytes(amount.bytes)}. New pictures are added automatically.`,
    };
  }
  if (scope.stopped) {
    return { ...words, label: `Stopped at ${percent}`, sentence: `${here} are on this device.`, action: 'resume' };
  }
  switch (state.at) {
    case 'resting':
      // Either a round is about to begin, or the server lacks some pictures: neither is a problem.
      return {
        ...words,
        label: 'Kept offline',
        sentence: `${here} are on this device; the rest is added once the server has it.`,
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
        sentence: `${here} are on this device. The rest follows when the server is reachable again.`,
        action: 'stop',
      };
    case 'full':
      return {
        ...words,
        label: 'Device full',
        sentence: `${here} are on this device, which is full. Free some space, then try again.`,
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
