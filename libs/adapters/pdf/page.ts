import LineBreaker from 'linebreak';

/** Points (1/72 inch). A4, upright. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { left: 42, right: 42, top: 42, bottom: 56 } as const;
export const CONTENT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
export const RIGHT_EDGE = PAGE.width - MARGIN.right;
/** The lowest point that content may reach; page numbers stand below. */
export const BOTTOM_EDGE = PAGE.height - MARGIN.bottom;

export const INK = {
  text: '#1b2430',
  soft: '#5b6775',
  rule: '#c9d1da',
  strong: '#1f3b63',
  tint: '#eef3f9',
} as const;

/** `figures`: digits in cells of one width, so that columns of numbers line up. */
export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly figures?: boolean;
}

export type Anchor = 'left' | 'right' | 'center';

/** A thing at its place; `x`, `y` from the top left corner of the page, `y` of a text is its line's top. */
export type Mark =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Left edge, whatever the anchor was. */
      readonly x: number;
      readonly y: number;
      readonly style: TextStyle;
    }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'line';
      readonly x: number;
      readonly y: number;
      readonly toX: number;
      readonly weight: number;
      readonly color: string;
    };

/** Width of one line of text in points. */
export type Measure = (text: string, style: TextStyle) => number;

/** Height of a line of text: the font's ascent and descent take 1.0 em, the rest is air. */
export const lineHeight = (style: TextStyle): number => style.size * 1.45;

/**
 * Pieces between which a line may break, as Unicode has it (UAX 14): between Latin words and in no number,
 * after every full-width character but never before what may not begin a line (、。）ー っ) nor after what may
 * not end one (「（).
 */
function breakable(text: string): string[] {
  const breaker = new LineBreaker(text);
  const pieces: string[] = [];
  let from = 0;
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) {
    pieces.push(text.slice(from, found.position));
    from = found.position;
  }
  return pieces;
}

const graphemes = new Intl.Segmenter('ja');
const charactersOf = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Where a piece is wider than a line: as much as fits, one character at least. */
function cut(piece: string, fits: (line: string) => boolean): [head: string, rest: string] {
  const characters = charactersOf(piece);
  let count = characters.length - 1;
  while (count > 1 && !fits(characters.slice(0, count).join(''))) count--;
  count = Math.max(count, 1);
  return [characters.slice(0, count).join(''), characters.slice(count).join('')];
}

/**
 * Breaks a text into lines that fit `width`; blanks at the end of a line count nothing. A piece that is wider
 * than a whole line is cut by characters, so nothing is lost or drawn over the edge.
 */
export function wrap(text: string, width: number, style: TextStyle, measure: Measure): string[] {
  const fits = (line: string): boolean => measure(line.trimEnd(), style) <= width;
  const lines: string[] = [];
  let line = '';
  for (const piece of breakable(text)) {
    if (fits(line + piece)) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece.trimStart();
    while (!fits(line) && charactersOf(line).length > 1) {
      const [head, rest] = cut(line, fits);
      lines.push(head.trimEnd());
      line = rest;
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Pages being filled from top to bottom. */
export class Pages {
  readonly pages: Mark[][] = [[]];
  /** Where the next thing goes on the present page. */
  y: number = MARGIN.top;

  constructor(readonly measure: Measure) {}

  get page(): Mark[] {
    return this.pages.at(-1)!;
  }

  addPage(): void {
    this.pages.push([]);
    this.y = MARGIN.top;
  }

  hasRoomFor(height: number): boolean {
    return this.y + height <= BOTTOM_EDGE;
  }

  /** `x` is the left edge, the right edge or the middle, as the anchor says. */
  text(text: string, x: number, y: number, style: TextStyle, anchor: Anchor = 'left'): void {
    const width = anchor === 'left' ? 0 : this.measure(text, style);
    const left = anchor === 'left' ? x : anchor === 'right' ? x - width : x - width / 2;
    this.page.push({ kind: 'text', text, x: left, y, style });
  }

  /**
   * The style, made smaller until a text that may not break fits; long amounts shrink rather than run into
   * each other.
   */
  fit(text: string, width: number, style: TextStyle): TextStyle {
    const natural = this.measure(text, style);
    return natural <= width ? style : { ...style, size: (style.size * width) / natural };
  }

  /** Lines one below the other, broken at `width`; returns the y below the last. */
  paragraph(text: string, at: { x: number; y: number; width: number }, style: TextStyle): number {
    let y = at.y;
    for (const line of wrap(text, at.width, style, this.measure)) {
      this.text(line, at.x, y, style);
      y += lineHeight(style);
    }
    return y;
  }

  box(x: number, y: number, width: number, height: number, fill: string): void {
    this.page.push({ kind: 'box', x, y, width, height, fill });
  }

  line(x: number, y: number, toX: number, weight: number = 0.5, color: string = INK.rule): void {
    this.page.push({ kind: 'line', x, y, toX, weight, color });
  }

  /** `1 / 2` at the foot of every page, and a text to its left that tells loose sheets apart. */
  number(reference: string): Mark[][] {
    const style: TextStyle = { size: 7.5, color: INK.soft };
    const y = PAGE.height - 36;
    return this.pages.map((marks, i) => {
      const text = `${i + 1} / ${this.pages.length}`;
      const x = PAGE.width / 2 - this.measure(text, style) / 2;
      return [
        ...marks,
        { kind: 'line', x: MARGIN.left, y: y - 5, toX: RIGHT_EDGE, weight: 0.5, color: INK.rule },
        { kind: 'text', text: reference, x: MARGIN.left, y, style },
        { kind: 'text', text, x, y, style },
      ];
    });
  }
}
