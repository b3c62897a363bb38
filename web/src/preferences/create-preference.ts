/** Small choices of a person that stay on this device, shared by all tabs. */
import { createSignal } from 'solid-js';
import type { z } from 'zod';

/**
 * Returns a signal whose value survives a reload.
 *
 * @param key the name in localStorage, unique in the app.
 * @param schema a stored value that does not parse counts as not chosen.
 */
export function createPreference<Value>(
  key: string,
  schema: z.ZodType<Value>,
  otherwise: Value,
): [chosen: () => Value, choose: (value: Value) => void] {
  const [value, setValue] = createSignal<{ readonly chosen: Value }>({ chosen: read(localStorage.getItem(key)) });
  function read(stored: string | null): Value {
    if (stored === null) return otherwise;
    try {
      return schema.parse(JSON.parse(stored));
    } catch {
      return otherwise;
    }
  }
  // Modules keep their preferences for as long as the page lives, so the listener is never removed.
  window.addEventListener('storage', (event) => {
    if (event.key === key) setValue({ chosen: read(event.newValue) });
  });
  return [
    () => value().chosen,
    (chosen) => {
      setValue({ chosen });
      localStorage.setItem(key, JSON.stringify(chosen));
    },
  ];
}
