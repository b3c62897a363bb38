import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { ListedIds } from '../../../replica/model/listed-ids.ts';
import { createSelection, type Selection } from './create-selection.ts';

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const listOf = (...numbers: number[]) => new ListedIds(numbers.map(id));

function withSelection(
  run: (selection: Selection, setOrder: (order: ListedIds) => void, selected: () => number[]) => void,
): void {
  createRoot((dispose) => {
    const [order, setOrder] = createSignal(listOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    const selection = createSelection(order);
    run(selection, setOrder, () =>
      [...selection.ids()].map((text) => Number(text.slice(-12))).toSorted((a, b) => a - b),
    );
    dispose();
  });
}

test('createSelection: extends a range in both directions from the last plain click, and replaces the last range', () => {
  withSelection((selection, _setOrder, selected) => {
    selection.only(4);
    selection.rangeTo(6);
    expect(selected()).toEqual([4, 5, 6]);
    selection.rangeTo(2);
    expect(selected()).toEqual([2, 3, 4]);
    expect(selection.focusIndex()).toBe(2);
    selection.toggle(8);
    selection.rangeTo(9, { add: true });
    expect(selected()).toEqual([2, 3, 4, 8, 9]);
    selection.toggle(3);
    expect(selected()).toEqual([2, 4, 8, 9]);
  });
});

test('createSelection: selects the whole list with all, and ignores positions outside it', () => {
  withSelection((selection, _setOrder, selected) => {
    selection.all();
    expect(selected()).toHaveLength(10);
    selection.toggle(10);
    selection.rangeTo(-1);
    selection.focus(99);
    expect(selected()).toHaveLength(10);
    selection.clear();
    expect(selected()).toEqual([]);
  });
});

test('createSelection: drops assets that leave the list', () => {
  withSelection((selection, setOrder, selected) => {
    selection.all();
    setOrder(listOf(3, 1, 22));
    expect(selected()).toEqual([1, 3]);
  });
});

test('createSelection: drops nothing while the list is still growing', () => {
  createRoot((dispose) => {
    const [order, setOrder] = createSignal(listOf(0, 1, 2));
    const [whole, setWhole] = createSignal(true);
    const selection = createSelection(order, whole);
    selection.all();
    setWhole(false);
    setOrder(listOf(0));
    expect(selection.ids().size).toBe(3);
    setOrder(listOf(0, 2));
    setWhole(true);
    expect([...selection.ids()]).toEqual([id(0), id(2)]);
    dispose();
  });
});

test('createSelection: keeps the keyboard focus on its asset, or on the position of an asset that left', () => {
  withSelection((selection, setOrder) => {
    selection.focus(4);
    setOrder(listOf(4, 5, 6, 7));
    expect(selection.focusIndex()).toBe(0);
    setOrder(listOf(5, 6, 7));
    expect(selection.focusId()).toBe(id(5));
    setOrder(listOf());
    expect(selection.focusId()).toBeUndefined();
    setOrder(listOf(8));
    expect(selection.focusId()).toBe(id(8));
  });
});
