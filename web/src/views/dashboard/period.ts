/** The period over which the dashboard compares, kept per person and device. */
import { z } from 'zod';
import { createPreference } from '../../preferences/create-preference.ts';

export const periods = [
  { days: 1, label: 'Today', key: '1', words: 'today' },
  { days: 7, label: '7 days', key: '2', words: 'in 7 days' },
  { days: 30, label: '30 days', key: '3', words: 'in 30 days' },
] as const;
export type Period = (typeof periods)[number];

const [chosen, choose] = createPreference<1 | 7 | 30>(
  'dashboard-days',
  z.union([z.literal(1), z.literal(7), z.literal(30)]),
  7,
);

export function period(): Period {
  return periods.find(({ days }) => days === chosen()) ?? periods[1];
}

export function choosePeriod(days: Period['days']): void {
  choose(days);
}
