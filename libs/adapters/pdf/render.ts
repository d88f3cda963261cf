import PDFDocument from 'pdfkit';
import { type Language, printable } from '#kernel';
import { Faces, type Weight } from './faces.js';
import { INK, type Mark, type Measure, PAGE, type TextStyle } from './page.js';

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
  readonly language: Language;
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

const weightOf = (style: TextStyle): Weight => (style.bold ? 'bold' : 'regular');

/** One PDF's fonts: how wide a text is, and setting it. */
class Typesetter {
  private readonly faces: Faces;

  constructor(pdf: PDFKit.PDFDocument) {
    this.faces = new Faces(pdf);
  }

  readonly measure: Measure = (text, style) => {
    if (!style.figures) return this.width(printable(text), style);
    return [...printable(text)].reduce((width, character) => width + this.cell(character, style), 0);
  };

  set(text: string, at: { x: number; y: number }, style: TextStyle): void {
    if (!style.figures) {
      this.draw(printable(text), at, style);
      return;
    }
    let x = at.x;
    for (const character of printable(text)) {
      const cell = this.cell(character, style);
      this.draw(character, { x: x + (cell - this.width(character, style)) / 2, y: at.y }, style);
      x += cell;
    }
  }

  /** Run by run, all of them on the line of the first face. */
  private draw(text: string, at: { x: number; y: number }, style: TextStyle): void {
    const weight = weightOf(style);
    const line = at.y + this.faces.ascent(weight, style.size);
    let x = at.x;
    for (const run of this.faces.runs(text, weight)) {
      const pdf = this.faces.use(weight, run.face, style.size).fillColor(style.color ?? INK.text);
      if (run.face === 0) pdf.text(run.text, x, at.y, { lineBreak: false });
      else pdf.text(run.text, x, line, { lineBreak: false, baseline: 'alphabetic' });
      x += pdf.widthOfString(run.text);
    }
  }

  private width(text: string, style: TextStyle): number {
    const weight = weightOf(style);
    return this.faces
      .runs(text, weight)
      .reduce((sum, run) => sum + this.faces.use(weight, run.face, style.size).widthOfString(run.text), 0);
  }

  private cell(character: string, style: TextStyle): number {
    return isDigit(character) ? DIGIT_CELL_EM * style.size : this.width(character, style);
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
