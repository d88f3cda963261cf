import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);

/**
 * Faces in the order in which a character is looked for: the paper's own, then kanji of names that it lacks
 * (𠮷, 槗), Hangul, simplified Chinese, signs and emoji. A face is read (2 to 10 MB) when a text needs it.
 */
const FILES = {
  regular: [
    '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
    '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
    '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
    '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
  ],
  bold: [
    '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
    '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
    '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
    '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
    '@expo-google-fonts/noto-emoji/700Bold/NotoEmoji_700Bold.ttf',
  ],
} as const;
export type Weight = keyof typeof FILES;

/** What stands for a character that no face has: 〓, as Japanese printers set it. */
const MISSING = '〓';

/** Text that is set in one face: the n-th of its weight. */
export interface Run {
  readonly face: number;
  readonly text: string;
}

/** What pdfkit keeps of a font: the types do not tell. */
interface SetFont {
  readonly ascender: number;
  readonly font: {
    readonly characterSet: readonly number[];
    hasGlyphForCodePoint(codePoint: number): boolean;
  };
}

const bytesOf = new Map<string, Buffer>();
function readFace(file: string): Buffer {
  const known = bytesOf.get(file);
  if (known) return known;
  const bytes = readFileSync(require.resolve(file));
  bytesOf.set(file, bytes);
  return bytes;
}

const currentOf = (pdf: PDFKit.PDFDocument): SetFont => (pdf as unknown as { _font: SetFont })._font;

/** Which face of each weight has a character: found once per process. -1: none. */
const found: Readonly<Record<Weight, Map<number, number>>> = { regular: new Map(), bold: new Map() };
/** Looked up in a document of its own: what a paper's faces are called depends on the paper alone. */
const probed = new Map<string, SetFont>();

function probe(file: string): SetFont {
  const known = probed.get(file);
  if (known) return known;
  const font = currentOf(new PDFDocument({ autoFirstPage: false }).font(readFace(file)));
  probed.set(file, font);
  return font;
}

function faceOf(codePoint: number, weight: Weight): number {
  const known = found[weight].get(codePoint);
  if (known !== undefined) return known;
  const face = FILES[weight].findIndex(file => probe(file).font.hasGlyphForCodePoint(codePoint));
  found[weight].set(codePoint, face);
  return face;
}

/**
 * The code points that every weight has a face for, ascending. Names are checked against a table of them
 * (libs/kernel/paper-characters.ts), so that no face is opened to enter a name.
 */
export function charactersOfPapers(): number[] {
  const [first, ...others] = Object.values(FILES).map(
    files => new Set(files.flatMap(file => probe(file).font.characterSet)),
  );
  return [...first!].filter(one => others.every(other => other.has(one))).sort((a, b) => a - b);
}

/** The faces of one document: a face is registered, and then embedded in part, when a text needs it. */
export class Faces {
  private readonly registered = new Set<string>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {}

  /** Sets the font for what is drawn next. */
  use(weight: Weight, face: number, size: number): PDFKit.PDFDocument {
    const name = face === 0 ? weight : `${weight}-${face}`;
    if (!this.registered.has(name)) {
      this.pdf.registerFont(name, readFace(FILES[weight][face]!));
      this.registered.add(name);
    }
    return this.pdf.font(name, size);
  }

  /** Height of the first face above the line, in points: what stands beside it stands on the same line. */
  ascent(weight: Weight, size: number): number {
    this.use(weight, 0, size);
    return (currentOf(this.pdf).ascender / 1000) * size;
  }

  /** A printable text in runs of one face each; what no face has becomes 〓. */
  runs(text: string, weight: Weight): Run[] {
    const runs: { face: number; text: string }[] = [];
    for (const character of text) {
      const has = faceOf(character.codePointAt(0)!, weight);
      const [face, set] = has < 0 ? [0, MISSING] : [has, character];
      const last = runs.at(-1);
      if (last?.face === face) last.text += set;
      else runs.push({ face, text: set });
    }
    return runs;
  }
}
