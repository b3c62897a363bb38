/** Computes where the sections and rows of a grid are, in pixels from its top, however many there are. */
import type { Section } from '../../../replica/model/mirror-questions.ts';

/** Space around the grid's content, and the height of a section's header with room for the edge of a focused tile. */
export const PADDING = 10;
export const HEADER = 38;

export interface GridShape {
  readonly sections: readonly Section[];
  readonly columns: number;
  /** Whether sections have a header. */
  readonly grouped: boolean;
  /** The height of a section's rows, including the gap below. */
  rowHeightOf(section: Section): number;
  isOpen(section: Section): boolean;
}

/** Rows of tiles are numbered through all sections; a closed section has none. */
export interface PlacedSection extends Section {
  readonly number: number;
  readonly top: number;
  /** Pixels, including its header. */
  readonly height: number;
  readonly rowHeight: number;
  readonly firstRow: number;
  readonly rows: number;
}

export interface PlacedRow {
  readonly section: PlacedSection;
  /** Positions in the order; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly top: number;
  /** Pixels, including the gap below. */
  readonly height: number;
}

export class GridLayout {
  readonly sections: readonly PlacedSection[];
  readonly columns: number;
  /** Rows of tiles. */
  readonly rows: number;
  /** Pixels. */
  readonly height: number;
  readonly #header: number;

  constructor(shape: GridShape) {
    this.columns = shape.columns;
    this.#header = shape.grouped ? HEADER : 0;
    let top = shape.grouped ? 0 : PADDING;
    let firstRow = 0;
    this.sections = shape.sections.map((section, number) => {
      const rows = shape.isOpen(section) ? Math.ceil(section.count / shape.columns) : 0;
      const rowHeight = shape.rowHeightOf(section);
      const height = this.#header + rows * rowHeight;
      const placed = { ...section, number, top, height, rowHeight, firstRow, rows };
      top += height;
      firstRow += rows;
      return placed;
    });
    this.rows = firstRow;
    this.height = top + PADDING;
  }

  /** Returns the row with a number; null beyond the last. */
  row(number: number): PlacedRow | null {
    if (number < 0 || number >= this.rows) return null;
    const section = this.#last((one) => one.firstRow <= number) as PlacedSection;
    const within = number - section.firstRow;
    const start = section.start + within * this.columns;
    return {
      section,
      start,
      end: Math.min(start + this.columns, section.start + section.count),
      top: section.top + this.#header + within * section.rowHeight,
      height: section.rowHeight,
    };
  }

  /** Returns the number of the first row that ends below a position; the number of rows below the last. */
  rowAt(position: number): number {
    const section = this.#last((one) => one.top <= position) ?? this.sections[0];
    if (section === undefined) return 0;
    const within = Math.floor((position - section.top - this.#header) / section.rowHeight);
    return section.firstRow + Math.max(0, Math.min(section.rows, within));
  }

  /** Returns the section that an asset at a position of the order is in. */
  sectionOf(index: number): PlacedSection | undefined {
    return this.#last((one) => one.start <= index);
  }

  /** Returns the row of an asset; in a closed section, the row that follows its header. */
  rowOf(index: number): number {
    const section = this.sectionOf(index);
    if (section === undefined) return 0;
    return section.firstRow + (section.rows === 0 ? 0 : Math.floor((index - section.start) / this.columns));
  }

  /** Returns the pixels that an asset's row takes; those of the header in a closed section. */
  extentOf(index: number): { readonly top: number; readonly bottom: number } {
    const section = this.sectionOf(index);
    const row = section && section.rows > 0 ? this.row(this.rowOf(index)) : null;
    if (row) return { top: row.top, bottom: row.top + row.height };
    return { top: section?.top ?? 0, bottom: (section?.top ?? 0) + this.#header };
  }

  /** Returns the sections that a range of pixels shows. */
  sectionsWithin(top: number, bottom: number): readonly PlacedSection[] {
    const first = this.#last((one) => one.top <= top)?.number ?? 0;
    const last = this.#last((one) => one.top < bottom)?.number ?? -1;
    return this.sections.slice(first, last + 1);
  }

  /** The height of a header, which covers the top of the screen while its section is scrolled. */
  get header(): number {
    return this.#header;
  }

  /** Returns the last section of which something holds that holds for all before it. */
  #last(holds: (section: PlacedSection) => boolean): PlacedSection | undefined {
    let low = 0;
    let high = this.sections.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.sections[middle] as PlacedSection)) low = middle + 1;
      else high = middle;
    }
    return this.sections[low - 1];
  }
}
