/** A person's choice of which poses must be there, and how few pictures are few. It stays on this device. */
import { z } from 'zod';
import { createPreference } from '../../preferences/create-preference.ts';
import { type Coverage, defaultCoverage } from './thin-bins.ts';

const coverage = z.object({ yaw: z.number(), pitch: z.number(), below: z.number().nullable() });

export const [chosenCoverage, chooseCoverage] = createPreference<Coverage>('coverage', coverage, defaultCoverage);
