import { BOLD, CONTENT_WIDTH, Flow, INK, openPages, PAGE, REGULAR } from './page.ts';

/** A letter of the institution, on paper: the same notice gives the same bytes. */
export interface Notice {
  readonly title: string;
  readonly institution: string;
  readonly number: string;
  /** Whom it is to, with the colon. */
  readonly to: string;
  readonly paragraphs: readonly string[];
  /** At the right: who, then when. */
  readonly signature: readonly string[];
  readonly footnotes: readonly string[];
  /** RFC 3339; the date in the file. */
  readonly madeAt: string;
}

const SIZE = 11.5;
const INDENT = '　　';

/** The notice as a PDF, in Chinese, piece by piece. */
export async function* renderNotice(notice: Notice): AsyncGenerator<Buffer> {
  const { title, institution, number, to, paragraphs, signature, footnotes, madeAt } = notice;
  const pdf = await openPages({ title, subject: title, author: institution, madeAt });
  const flow = new Flow(pdf);
  const centred = (text: string, font: string, size: number, gap: number): void => {
    pdf.font(font).fontSize(size).fillColor(INK.text).text(text, PAGE.margin, flow.y, { width: CONTENT_WIDTH, align: 'center' });
    flow.y = pdf.y + gap;
  };
  flow.y += 24;
  centred(institution, REGULAR, 12, 10);
  centred(title, BOLD, 22, 12);
  flow.text(number, { size: 9, color: INK.soft, gap: 22 });
  flow.text(to, { size: SIZE, gap: 10 });
  for (const paragraph of paragraphs) flow.text(`${INDENT}${paragraph}`, { size: SIZE, gap: 9 });
  flow.y += 24;
  flow.need(60);
  for (const line of signature) {
    pdf.font(REGULAR).fontSize(SIZE).fillColor(INK.text).text(line, PAGE.margin, flow.y, { width: CONTENT_WIDTH, align: 'right' });
    flow.y = pdf.y + 6;
  }
  flow.y += 16;
  for (const line of footnotes) flow.text(line, { size: 8, color: INK.soft, gap: 2 });
  pdf.end();
  yield* pdf as unknown as AsyncIterable<Buffer>;
}
