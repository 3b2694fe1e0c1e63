import { BOLD, CONTENT_WIDTH, Flow, INK, openPages, PAGE, REGULAR, type Pdf } from './page.ts';

/** A letter as it is printed: plain data, and the same bytes for ever. */
export interface LetterDocument {
  readonly title: string;
  readonly number: string;
  /** The date as it is written: 2026年11月21日. */
  readonly date: string;
  /** When it was made, RFC 3339: the date inside the file. */
  readonly madeAt: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly receiver: { readonly name: string; readonly address: string };
  /** The last one stands under the seal. */
  readonly paragraphs: readonly string[];
  /** PNG; null: a place for it is left. */
  readonly seal: Buffer | null;
  /** Across the page, where it is no letter yet. */
  readonly draft?: string;
}

export interface LetterList {
  readonly title: string;
  readonly about: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MM = 72 / 25.4;
// DL envelopes with a window, the page folded twice: DIN 5008 B, which Chinese window envelopes share.
const WINDOW = { x: 25 * MM, y: 50 * MM, width: 85 * MM, height: 40 * MM } as const;
const BODY = { size: 11, gap: 9, lineGap: 5 } as const;
const SEAL = 38 * MM;
// Two characters, as Chinese paragraphs begin.
const INDENT = 2 * BODY.size;

function drawHead(flow: Flow, letter: LetterDocument): void {
  const { pdf } = flow;
  pdf.font(BOLD).fontSize(13).fillColor(INK.text).text(letter.sender.name, PAGE.margin, PAGE.top, { width: CONTENT_WIDTH });
  pdf
    .font(REGULAR)
    .fontSize(8)
    .fillColor(INK.soft)
    .text(letter.sender.address, PAGE.margin, PAGE.top + 19, { width: CONTENT_WIDTH });
  pdf
    .font(REGULAR)
    .fontSize(7)
    .text(`${letter.sender.name} · ${letter.sender.address}`, WINDOW.x, WINDOW.y - 10, { width: WINDOW.width, height: 9, ellipsis: true });
  pdf
    .fontSize(11)
    .fillColor(INK.text)
    .text(letter.receiver.address, WINDOW.x, WINDOW.y + 4, { width: WINDOW.width, height: 48, ellipsis: true });
  pdf.font(BOLD).text(letter.receiver.name, WINDOW.x, pdf.y + 3, { width: WINDOW.width });
  pdf.font(REGULAR).fontSize(9).fillColor(INK.soft);
  const x = WINDOW.x + WINDOW.width + 20;
  const width = PAGE.width - PAGE.margin - x;
  pdf
    .text(`编号 ${letter.number}`, x, WINDOW.y + 4, { width, align: 'right' })
    .text(letter.date, x, WINDOW.y + 20, { width, align: 'right' });
  flow.y = WINDOW.y + WINDOW.height + 22;
  pdf.font(BOLD).fontSize(16).fillColor(INK.text);
  pdf.text(letter.title, PAGE.margin, flow.y, { width: CONTENT_WIDTH, align: 'center' });
  flow.y = pdf.y + 16;
}

function drawParagraph(flow: Flow, text: string, isFirst: boolean): void {
  const { pdf } = flow;
  const options = { width: CONTENT_WIDTH, lineGap: BODY.lineGap, align: 'left', indent: isFirst ? 0 : INDENT } as const;
  pdf.font(REGULAR).fontSize(BODY.size);
  flow.need(pdf.heightOfString(text, options));
  pdf.fillColor(INK.text).text(text, PAGE.margin, flow.y, options);
  flow.y += pdf.heightOfString(text, options) + BODY.gap;
}

function drawSeal(flow: Flow, { seal, date }: LetterDocument, signature: string): void {
  const { pdf } = flow;
  flow.need(SEAL + 20);
  flow.y += 14;
  const x = PAGE.width - PAGE.margin - 180;
  pdf.font(REGULAR).fontSize(BODY.size).fillColor(INK.text);
  pdf.text(signature, x, flow.y + SEAL / 2 - 16, { width: 180, align: 'center' }).text(date, x, pdf.y + 4, { width: 180, align: 'center' });
  const corner = x + 90 - SEAL / 2;
  if (seal !== null) pdf.image(seal, corner, flow.y, { fit: [SEAL, SEAL] });
  else {
    pdf
      .circle(corner + SEAL / 2, flow.y + SEAL / 2, SEAL / 2)
      .lineWidth(1)
      .dash(3, { space: 3 })
      .strokeColor(INK.line)
      .stroke()
      .undash();
    pdf
      .fontSize(8)
      .fillColor(INK.soft)
      .text('（盖章处）', corner, flow.y + SEAL - 16, { width: SEAL, align: 'center' });
  }
  flow.y += SEAL + 8;
}

function drawDraft(pdf: Pdf, words: string): void {
  pdf
    .save()
    .rotate(-35, { origin: [PAGE.width / 2, PAGE.height / 2] })
    .fillOpacity(0.12)
    .font(BOLD)
    .fontSize(72)
    .fillColor(INK.second);
  pdf.text(words, 0, PAGE.height / 2 - 40, { width: PAGE.width, align: 'center' }).restore();
}

function drawLetter(pdf: Pdf, letter: LetterDocument): void {
  const flow = new Flow(pdf);
  const first = pdf.bufferedPageRange().count - 1;
  drawHead(flow, letter);
  const signature = letter.paragraphs.at(-1) ?? letter.sender.name;
  for (const [index, paragraph] of letter.paragraphs.slice(0, -1).entries()) drawParagraph(flow, paragraph, index === 0);
  drawSeal(flow, letter, signature);
  const pages = pdf.bufferedPageRange().count - first;
  for (let page = 0; page < pages; page += 1) {
    pdf.switchToPage(first + page);
    if (letter.draft) drawDraft(pdf, letter.draft);
    const foot = `${letter.number}　第 ${page + 1} 页，共 ${pages} 页`;
    pdf
      .font(REGULAR)
      .fontSize(8)
      .fillColor(INK.soft)
      .text(foot, PAGE.margin, PAGE.height - 40, { width: CONTENT_WIDTH, align: 'center', lineBreak: false });
  }
}

function drawList(pdf: Pdf, list: LetterList): void {
  const flow = new Flow(pdf);
  flow.text(list.title, { font: BOLD, size: 15, gap: 4 });
  flow.text(list.about, { size: 9, color: INK.soft, gap: 12 });
  const width = CONTENT_WIDTH / list.heads.length;
  for (const [row, cells] of [list.heads, ...list.rows].entries()) {
    flow.need(18);
    pdf
      .font(row === 0 ? BOLD : REGULAR)
      .fontSize(9)
      .fillColor(INK.text);
    for (const [index, cell] of cells.entries())
      pdf.text(cell, PAGE.margin + index * width, flow.y, { width: width - 6, height: 13, ellipsis: true });
    flow.y += 18;
    pdf
      .moveTo(PAGE.margin, flow.y - 4)
      .lineTo(PAGE.margin + CONTENT_WIDTH, flow.y - 4)
      .lineWidth(0.5)
      .strokeColor(INK.line)
      .stroke();
  }
}

async function bytesOf(pdf: Pdf): Promise<Buffer> {
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  pdf.end();
  return done;
}

/** A letter on A4: address in the window of the envelope, number and date, paragraphs, seal. */
export async function renderLetter(letter: LetterDocument): Promise<Buffer> {
  const pdf = await openPages({ title: letter.title, subject: letter.number, author: letter.sender.name, madeAt: letter.madeAt });
  drawLetter(pdf, letter);
  return bytesOf(pdf);
}

/** Letters to be printed together, behind a list of them. */
export async function renderLetters(list: LetterList, letters: readonly LetterDocument[], madeAt: string): Promise<Buffer> {
  const pdf = await openPages({ title: list.title, subject: list.about, author: letters[0]?.sender.name ?? '', madeAt });
  drawList(pdf, list);
  for (const letter of letters) {
    pdf.addPage();
    drawLetter(pdf, letter);
  }
  return bytesOf(pdf);
}
