import { BOLD, CONTENT_WIDTH, INK, PAGE, REGULAR, type Flow } from './page.ts';

export interface Column {
  readonly head: string;
  readonly width: number;
  readonly align: 'left' | 'right';
}

const SIZE = 8.5;
const SMALLEST_SIZE = 5.2;
const PAD = { x: 4, y: 3.2 } as const;

/** Small enough for the longest word of a head: broken in its middle nobody reads it. */
function headSizeOf(flow: Flow, columns: readonly Column[], wanted: number): number {
  flow.pdf.font(BOLD).fontSize(wanted);
  const fits = columns.flatMap(({ head, width }) =>
    head
      .split(/[\s（(/]+/)
      .map((word) => (/\p{Script=Han}/u.test(word) ? 1 : (width - 2 * PAD.x) / Math.max(1, flow.pdf.widthOfString(word)))),
  );
  return Math.max(SMALLEST_SIZE, Math.min(1, ...fits) * wanted - (Math.min(1, ...fits) < 1 ? 0.1 : 0));
}

function heightOf(flow: Flow, columns: readonly Column[], cells: readonly string[], font: string, size: number): number {
  flow.pdf.font(font).fontSize(size);
  return (
    Math.max(...columns.map(({ width }, index) => flow.pdf.heightOfString(cells[index] || ' ', { width: width - 2 * PAD.x }))) + 2 * PAD.y
  );
}

function drawRow(
  flow: Flow,
  columns: readonly Column[],
  cells: readonly string[],
  style: { font: string; fill: string | null; height: number; size: number },
): void {
  const { pdf } = flow;
  if (style.fill !== null) pdf.rect(PAGE.margin, flow.y, CONTENT_WIDTH, style.height).fill(style.fill);
  pdf.font(style.font).fontSize(style.size).fillColor(INK.text);
  let x: number = PAGE.margin;
  for (const [index, { width, align }] of columns.entries()) {
    pdf.text(cells[index] ?? '', x + PAD.x, flow.y + PAD.y, { width: width - 2 * PAD.x, align });
    x += width;
  }
  flow.y += style.height;
  pdf
    .moveTo(PAGE.margin, flow.y)
    .lineTo(PAGE.margin + CONTENT_WIDTH, flow.y)
    .lineWidth(0.5)
    .strokeColor(INK.line)
    .stroke();
}

/** A table that goes on over pages, its head on each. Columns take the whole width of the page. */
export function drawTable(flow: Flow, columns: readonly Column[], rows: readonly (readonly string[])[], size = SIZE): void {
  const heads = columns.map(({ head }) => head);
  const headSize = headSizeOf(flow, columns, size);
  const headHeight = heightOf(flow, columns, heads, BOLD, headSize);
  const begin = (): void => drawRow(flow, columns, heads, { font: BOLD, fill: INK.head, height: headHeight, size: headSize });
  // A head at the foot of a page, with its rows on the next, heads nothing.
  flow.need(headHeight + (rows[0] ? heightOf(flow, columns, rows[0], REGULAR, size) : 0));
  begin();
  for (const [index, row] of rows.entries()) {
    const height = heightOf(flow, columns, row, REGULAR, size);
    if (flow.left < height) {
      flow.newPage();
      begin();
    }
    drawRow(flow, columns, row, { font: REGULAR, fill: index % 2 === 1 ? INK.band : null, height, size });
  }
  flow.y += 8;
}
