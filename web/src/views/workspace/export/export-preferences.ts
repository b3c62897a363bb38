/** The choices of the latest export, kept for the next. */
import { z } from 'zod';
import { createPreference } from '../../../preferences/create-preference.ts';
import { captions } from './sheet/caption-lines.ts';
import { pageSizes } from './sheet/sheet-layout.ts';

export const exportFormats = ['csv', 'json', 'files', 'rsync', 'sheet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const formatLabels: Readonly<Record<ExportFormat, { readonly label: string; readonly hint: string }>> = {
  csv: { label: 'CSV', hint: 'One line for each asset with all facts, for a spreadsheet.' },
  json: { label: 'JSON', hint: 'One object for each asset with all facts, for a script.' },
  files: { label: 'File list', hint: 'One path on each line; a sequence has one for each frame on disk.' },
  rsync: { label: 'rsync list', hint: 'Paths below a common folder, for rsync --files-from.' },
  sheet: { label: 'Contact sheet', hint: 'Pictures with captions on pages, from what this device has.' },
};

export const [exportFormat, setExportFormat] = createPreference<ExportFormat>(
  'export-format',
  z.enum(exportFormats),
  'csv',
);

const sheetChoice = z.object({
  format: z.enum(['pdf', 'png']),
  page: z.enum(Object.keys(pageSizes) as [keyof typeof pageSizes, ...(keyof typeof pageSizes)[]]),
  landscape: z.boolean(),
  columns: z.number().int().min(1).max(12),
  captions: z.array(z.enum(captions)),
});
export type SheetChoice = z.infer<typeof sheetChoice>;

export const [sheetChosen, setSheetChosen] = createPreference<SheetChoice>('contact-sheet', sheetChoice, {
  format: 'pdf',
  page: 'a4',
  landscape: false,
  columns: 5,
  captions: ['name', 'measure'],
});
