import { DISCLAIMER, type EvidenceHead, type ReportDocument } from '../document.ts';
import { BOLD, CONTENT_WIDTH, INK, PAGE, REGULAR, type Flow } from './page.ts';
import { SAID, type Language } from './words.ts';

const LABEL_WIDTH = 132;

/** What a head of the evidence log is told by. */
export function headText({ size, rootHash }: EvidenceHead, language: Language): string {
  return SAID[language].headLine(String(size), String(rootHash));
}

function headOnCover(head: EvidenceHead, language: Language): string {
  const more = 'at' in head ? `\n${SAID[language].headMore(String(head['at']), String(head['keyId']))}` : '';
  return `${headText(head, language)}${more}`;
}

/** The first page: what it is, of whom, of when, in which version, and what it can be told by. */
export function drawCover(flow: Flow, document: ReportDocument, language: Language): void {
  const { pdf } = flow;
  const { title, institution, period, timeZone, generatedAt, edition } = document;
  const said = SAID[language];
  const other: Language = language === 'zh' ? 'en' : 'zh';
  pdf.rect(0, 0, PAGE.width, 10).fill(INK.second);
  flow.y = 150;
  flow.text(institution, { size: 13, color: INK.soft, gap: 18 });
  flow.text(title[language], { font: BOLD, size: 30, gap: 8 });
  flow.text(title[other], { size: 13, color: INK.soft, gap: 30 });
  pdf.rect(PAGE.margin, flow.y, 64, 3).fill(INK.second);
  flow.y += 34;
  const lines: (readonly [string, string])[] = [
    [said.period, said.between(period.from, period.to, timeZone)],
    [said.generatedAt, generatedAt],
  ];
  if (edition) {
    lines.push([said.version, String(edition.version)], [said.audienceLabel, said.audience[edition.audience]]);
    if (edition.subject !== null) lines.push([said.subject, edition.subject]);
    lines.push(
      [said.digest, edition.sha256 ?? '—'],
      [said.head, edition.evidenceHead ? headOnCover(edition.evidenceHead, language) : said.noHead],
    );
  }
  for (const [label, value] of lines) {
    const { y } = flow;
    flow.text(value, { x: PAGE.margin + LABEL_WIDTH, width: CONTENT_WIDTH - LABEL_WIDTH, size: value.length > 60 ? 8.5 : 10, gap: 7 });
    const labelled = { width: LABEL_WIDTH - 8 };
    pdf.font(REGULAR).fontSize(10).fillColor(INK.soft).text(label, PAGE.margin, y, labelled);
    flow.y = Math.max(flow.y, y + pdf.heightOfString(label, labelled) + 7);
  }
  if (edition?.correction) {
    flow.y += 14;
    flow.text(said.reason(edition.correction.version, edition.correction.reason), { font: BOLD, size: 10, color: INK.second });
  }
  flow.y = PAGE.height - PAGE.bottom - 44;
  flow.text(DISCLAIMER[language], { size: 8.5, color: INK.soft, gap: 1 });
  flow.text(DISCLAIMER[other], { size: 8, color: INK.soft });
}

export interface Entry {
  readonly title: string;
  /** From 1. */
  readonly page: number;
}

const LINES_A_PAGE = 36;

export const contentsPages = (entries: number): number => Math.max(1, Math.ceil(entries / LINES_A_PAGE));

/** The pages after the first, which were left free for it. */
export function drawContents(flow: Flow, first: number, entries: readonly Entry[], language: Language): void {
  const { pdf } = flow;
  for (let page = 0; page < contentsPages(entries.length); page += 1) {
    pdf.switchToPage(first + page);
    flow.y = PAGE.top;
    if (page === 0) flow.text(SAID[language].contents, { font: BOLD, size: 18, gap: 16 });
    for (const { title, page: at } of entries.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE)) {
      const { y } = flow;
      pdf.font(REGULAR).fontSize(10.5);
      const width = Math.min(pdf.widthOfString(title), CONTENT_WIDTH - 50);
      pdf.fillColor(INK.text).text(title, PAGE.margin, y, { width: CONTENT_WIDTH - 40, height: 14, ellipsis: true });
      pdf.fillColor(INK.soft).text(String(at), PAGE.margin + CONTENT_WIDTH - 40, y, { width: 40, align: 'right' });
      pdf
        .moveTo(PAGE.margin + width + 8, y + 10)
        .lineTo(PAGE.margin + CONTENT_WIDTH - 24, y + 10)
        .lineWidth(0.5)
        .dash(1, { space: 3 })
        .strokeColor(INK.line)
        .stroke()
        .undash();
      pdf.goTo(PAGE.margin, y, CONTENT_WIDTH, 14, `page-${at}`);
      flow.y = y + 18;
    }
  }
}
