import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { harmless } from '#kernel';
import { INK, type Mark, type Measure, PAGE, type TextStyle } from './page.js';

const require = createRequire(import.meta.url);
const FONT_FILES = {
  regular: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  bold: '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
} as const;
type Face = keyof typeof FONT_FILES;

const loaded = new Map<Face, Buffer>();
/** The font file (4 MB), read once per process; a document embeds only the glyphs it uses. */
function fontBytes(face: Face): Buffer {
  let bytes = loaded.get(face);
  if (!bytes) {
    bytes = readFileSync(require.resolve(FONT_FILES[face]));
    loaded.set(face, bytes);
  }
  return bytes;
}

/**
 * Width of a digit's cell in em. The face is proportional (its 1 is 0.63 em, the others 0.76 em) and has no
 * tabular digits, so figures are set one by one in equal cells. At 0.70 the slack beside a 1 and the overlap
 * of the others both stay under 0.1 em, where readers of the text layer would see a space.
 */
const DIGIT_CELL_EM = 0.7;

export interface PaperInfo {
  readonly title: string;
  readonly author: string;
  /** `YYYY-MM-DD`: stands as the file's creation date, so that the same paper is the same bytes. */
  readonly date: string;
  readonly language: 'ja' | 'en';
}

/** Only characters that print: a control character from a name would be drawn as an empty box. */
const printable = (text: string): string => harmless(text);

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** One PDF's fonts: how wide a text is, and setting it. */
class Typesetter {
  constructor(private readonly pdf: PDFKit.PDFDocument) {
    pdf.registerFont('regular', fontBytes('regular')).registerFont('bold', fontBytes('bold'));
  }

  readonly measure: Measure = (text, style) => {
    this.use(style);
    if (!style.figures) return this.pdf.widthOfString(printable(text));
    return [...printable(text)].reduce((width, character) => width + this.cell(character, style), 0);
  };

  set(text: string, at: { x: number; y: number }, style: TextStyle): void {
    this.use(style).fillColor(style.color ?? INK.text);
    if (!style.figures) {
      this.pdf.text(printable(text), at.x, at.y, { lineBreak: false });
      return;
    }
    let x = at.x;
    for (const character of printable(text)) {
      const cell = this.cell(character, style);
      this.pdf.text(character, x + (cell - this.pdf.widthOfString(character)) / 2, at.y, {
        lineBreak: false,
      });
      x += cell;
    }
  }

  private use(style: TextStyle): PDFKit.PDFDocument {
    return this.pdf.font(style.bold ? 'bold' : 'regular', style.size);
  }

  private cell(character: string, style: TextStyle): number {
    return isDigit(character) ? DIGIT_CELL_EM * style.size : this.pdf.widthOfString(character);
  }
}

function drawMark(pdf: PDFKit.PDFDocument, typesetter: Typesetter, mark: Mark): void {
  switch (mark.kind) {
    case 'text':
      typesetter.set(mark.text, mark, mark.style);
      return;
    case 'box':
      pdf.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.fill);
      return;
    case 'line':
      pdf.lineWidth(mark.weight).moveTo(mark.x, mark.y).lineTo(mark.toX, mark.y).stroke(mark.color);
      return;
  }
}

/**
 * Draws pages as a PDF with embedded font subsets. The same layout and info give the same bytes: dates and
 * the file's id come from `info` alone.
 */
export async function renderPdf(
  info: PaperInfo,
  layout: (measure: Measure) => Mark[][],
): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    lang: info.language,
    displayTitle: true,
    info: {
      Title: info.title,
      Author: info.author,
      Producer: 'Daicho',
      Creator: 'Daicho',
      CreationDate: new Date(`${info.date}T00:00:00+09:00`),
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve());
    pdf.on('error', reject);
  });
  const typesetter = new Typesetter(pdf);
  const pages = layout(typesetter.measure);
  for (const marks of pages) {
    pdf.addPage();
    for (const mark of marks) drawMark(pdf, typesetter, mark);
  }
  pdf.end();
  await finished;
  return new Uint8Array(Buffer.concat(chunks));
}
