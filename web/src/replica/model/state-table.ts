/** Tables of states: for each state, the state after each event. The compiler demands every entry. */

/** `ignored`: the event changes nothing in this state. `error`: only a mistake in this code can raise it here. */
export type StateTable<State extends string, Event extends string> = {
  readonly [From in State]: { readonly [On in Event]: State | 'ignored' | 'error' };
};

/** Returns the state after the event. @throws when the event cannot occur in this state. */
export function nextState<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
  event: Event,
): State {
  const next = table[state][event];
  if (next === 'error') throw new Error(`“${event}” cannot occur in the state “${state}”.`);
  return next === 'ignored' ? state : (next as State);
}
