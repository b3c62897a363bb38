/** One line of a list of facts. */
import { type JSX, Show } from 'solid-js';

/** Omitted when the value is empty: unknown, or not of this kind of file. */
export function Fact(props: { readonly name: string; readonly children: JSX.Element }) {
  return (
    <Show when={props.children}>
      {(value) => (
        <>
          <dt>{props.name}</dt>
          <dd>{value()}</dd>
        </>
      )}
    </Show>
  );
}
