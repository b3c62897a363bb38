/** How wide a person keeps the panel. */
import { z } from 'zod';
import { createPreference } from '../../../preferences/create-preference.ts';

export const LEAST_WIDTH = 300;
export const MOST_WIDTH = 520;

export const [panelWidth, setPanelWidth] = createPreference<number>(
  'asset-panel-width',
  z.number().min(LEAST_WIDTH).max(MOST_WIDTH),
  336,
);

export function clampWidth(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
}
