import { expect, test } from 'vitest';
import { TerminalPainter } from './terminal-painter.ts';

function paintedScreen(columns = 80) {
  const screen = { written: [] as string[], width: columns };
  const painter = new TerminalPainter({ columns: () => screen.width, write: (text) => screen.written.push(text) });
  return { screen, painter };
}

test('TerminalPainter writes each block in one go, over the previous one', () => {
  const { screen, painter } = paintedScreen();
  painter.paint(['one', 'two']);
  painter.paint(['three']);
  expect(screen.written).toHaveLength(2);
  expect(screen.written[1]).toBe('\u001b[?25l\r\u001b[2Athree\u001b[K\n\u001b[J');
});

test('TerminalPainter writes nothing when the block is unchanged', () => {
  const { screen, painter } = paintedScreen();
  painter.paint(['one']);
  painter.paint(['one']);
  expect(screen.written).toHaveLength(1);
});

test('TerminalPainter finds its start in a terminal that was made narrower', () => {
  const { screen, painter } = paintedScreen();
  painter.paint(['x'.repeat(60), 'y']);
  screen.width = 20;
  painter.paint(['z']);
  expect(screen.written[1]).toContain('\u001b[4A');
});

test('TerminalPainter clears its block and restores the cursor', () => {
  const { screen, painter } = paintedScreen();
  painter.clear();
  expect(screen.written).toEqual([]);
  painter.paint(['one']);
  painter.clear();
  expect(screen.written.at(-1)).toBe('\r\u001b[1A\u001b[J\u001b[?25h');
});
