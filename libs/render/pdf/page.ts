import { createRequire } from 'node:module';
import type { ReportDocument } from '../document.ts';

export type Pdf = PDFKit.PDFDocument;

export const PAGE = { width: 595.28, height: 841.89, margin: 48, top: 52, bottom: 60 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;
export const INK = {
  text: '#1B2430',
  soft: '#5B6675',
  line: '#C9D1DB',
  band: '#F2F5F9',
  head: '#E4EAF1',
  first: '#9BB7DA',
  second: '#B3331F',
} as const;
export const REGULAR = 'regular';
export const BOLD = 'bold';

const require = createRequire(import.meta.url);
const FONTS = {
  [REGULAR]: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  [BOLD]: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;

/** What stands in the file beside its pages. */
export interface About {
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  /** RFC 3339. */
  readonly madeAt: string;
  /** BCP 47; Chinese when left out. */
  readonly lang?: string;
  /** To be kept: PDF/A-2b (ISO 19005-2), with all fonts, the colour space and its metadata inside. */
  readonly isKept?: boolean;
}

// The library writes them into XML as they are.
const plain = (text: string): string => text.replaceAll(/[<>&]/g, ' ');

/** An empty A4 document. Its dates are those of the report, so that its id and bytes are as well. */
export const openPdf = ({ title, institution, generatedAt }: ReportDocument, language: 'zh' | 'en'): Promise<Pdf> =>
  openPages({
    title: title[language],
    subject: title.en,
    author: institution,
    madeAt: generatedAt,
    isKept: true,
    lang: language === 'zh' ? 'zh-CN' : 'en',
  });

/** An empty A4 document whose dates are given, so that its id and bytes are as well. */
export async function openPages({ title, subject, author, madeAt, lang = 'zh-CN', isKept = false }: About): Promise<Pdf> {
  // Only the process that makes files pays for loading it.
  const { default: PDFDocument } = await import('pdfkit');
  const made = new Date(madeAt);
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    // Where a page ends is decided here: a table goes on with its head.
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    bufferPages: true,
    ...(isKept ? { pdfVersion: '1.7', subset: 'PDF/A-2b' } : {}),
    lang,
    displayTitle: true,
    info: {
      Title: plain(title),
      Subject: plain(subject),
      Author: plain(author),
      Creator: 'Forbear 催收有度',
      Producer: 'Forbear',
      CreationDate: made,
      ModDate: made,
    },
  });
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, require.resolve(file));
  return pdf;
}

/** A cursor that goes down the page and on to the next. */
export class Flow {
  y: number = PAGE.top;

  constructor(readonly pdf: Pdf) {}

  get left(): number {
    return PAGE.height - PAGE.bottom - this.y;
  }

  newPage(): void {
    this.pdf.addPage();
    this.y = PAGE.top;
  }

  /** Begins a new page unless so much height is left on this one. */
  need(height: number): void {
    if (this.left < height) this.newPage();
  }

  text(text: string, style: { font?: string; size?: number; color?: string; gap?: number; width?: number; x?: number } = {}): void {
    const { font = REGULAR, size = 9.5, color = INK.text, gap = 4, width = CONTENT_WIDTH, x = PAGE.margin } = style;
    this.pdf.font(font).fontSize(size);
    const height = this.pdf.heightOfString(text, { width });
    this.need(height);
    this.pdf.fillColor(color).text(text, x, this.y, { width });
    this.y += height + gap;
  }

  heading(text: string, keepWith = 90): void {
    this.y += 10;
    this.need(keepWith);
    this.text(text, { font: BOLD, size: 12.5, gap: 6 });
  }
}

export const numberText = (value: number | null): string => {
  if (value === null) return '—';
  const [whole = '', part] = String(value).split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
};
