/** The columns that a person has shown or hidden, by table. They stay on this device. */
import { z } from 'zod';
import { createPreference } from '../../preferences/create-preference.ts';

const schema = z.record(z.string(), z.boolean());
type Choices = z.infer<typeof schema>;
type Preference = ReturnType<typeof createPreference<Choices>>;

/** A preference listens to other tabs for as long as the page lives, so each table has one, however often it is opened. */
const preferences = new Map<string, Preference>();

/** @param table the table's id. */
export function columnChoices(table: string): Preference {
  const known = preferences.get(table);
  if (known !== undefined) return known;
  const made = createPreference<Choices>(`columns.${table}`, schema, {});
  preferences.set(table, made);
  return made;
}
