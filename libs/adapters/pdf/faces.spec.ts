import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { printable, unprintable } from '#kernel';
import { sampleInvoice } from '../../../test/support/invoices.js';
import { needsProgram } from '../../../test/support/needs.js';
import { paperCharactersFile } from '../../../test/support/paper-characters.js';
import { charactersOfPapers, Faces } from './faces.js';
import { renderInvoicePdf } from './index.js';

const NAME = '𠮷野家 槗本髙﨑 김철수 汉们 😀 か\u3099き';
const options = { decimals: false, language: 'ja' } as const;
const invoiceTo = (name: string) => ({
  ...sampleInvoice(),
  recipient: { ...sampleInvoice().recipient, name },
});

describe('names on paper', () => {
  it('have a face for kanji of names, Hangul, simplified Chinese and emoji', () =>
    expect(unprintable(NAME)).toEqual([]));

  it('say which characters no face has', () => expect(unprintable('ع株式会社ไع')).toEqual(['ع', 'ไ']));

  it('are checked against a table that is what the faces have (npm run docs)', () => {
    for (const [path, text] of Object.entries(paperCharactersFile()))
      expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('are composed, and without what only chooses a form', () =>
    expect([printable('か\u3099'), printable('葛\u{e0100}'), printable('☎\ufe0f')]).toEqual([
      'が',
      '葛',
      '☎',
    ]));

  it('are the same bytes whatever was printed before', async () => {
    const first = await renderInvoicePdf(invoiceTo(NAME), options);
    await renderInvoicePdf(invoiceTo('한국'), options);
    expect(Buffer.compare(first, await renderInvoicePdf(invoiceTo(NAME), options))).toBe(0);
  });

  it('show 〓 for what no face has, never an empty box', async () => {
    const paper = await renderInvoicePdf(invoiceTo('ع社'), options);
    expect(paper.length).toBeGreaterThan(1000);
    expect(unprintable('〓')).toEqual([]);
  });
});

/** Text that each face has to set: what the ones before it lack. */
const OF_FACES = [
  ['the paper’s own', '株式会社 Abc 123 ¥1,000-（税込）髙﨑'],
  ['kanji of names', '𠮷槗'],
  ['Hangul', '김철수 한국'],
  ['simplified Chinese', '汉们'],
  ['emoji', '😀👍'],
] as const;

describe.each(['regular', 'bold'] as const)('the glyphs of names in %s', weight => {
  /** What pdfkit writes of a text, as numbers of the glyphs that it embeds: 0000 is the empty box. */
  const glyphsOf = (text: string) => {
    const pdf = new PDFDocument({ autoFirstPage: false });
    const faces = new Faces(pdf);
    return faces.runs(printable(text), weight).map(run => {
      faces.use(weight, run.face, 10);
      const { _font: font } = pdf as unknown as { _font: { encode(text: string): [string[]] } };
      return { face: run.face, glyphs: font.encode(run.text)[0] };
    });
  };

  it.each(OF_FACES)('are never the empty box: %s', (what, text) => {
    const runs = glyphsOf(text);
    expect(runs.map(run => run.face)).toContain(OF_FACES.findIndex(([one]) => one === what));
    for (const { glyphs } of runs) {
      expect(glyphs.length).toBeGreaterThan(0);
      expect(glyphs).not.toContain('0000');
    }
  });

  it('are never the empty box, whatever a name may hold', () => {
    const some = charactersOfPapers().filter((_one, i) => i % 40 === 0);
    const text = printable(some.map(one => String.fromCodePoint(one)).join(' '));
    expect(some.length).toBeGreaterThan(1_000);
    expect(glyphsOf(text).flatMap(run => run.glyphs)).not.toContain('0000');
  });

  it('would be the empty box in a face that lacks the character', () => {
    const pdf = new PDFDocument({ autoFirstPage: false });
    new Faces(pdf).use(weight, 0, 10);
    const { _font: font } = pdf as unknown as { _font: { encode(text: string): [string[]] } };
    expect(font.encode('𠮷')[0]).toContain('0000');
  });
});

needsProgram('pdftotext')('names on paper, read', () => {
  it('can be read out of the file, whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daicho-faces-'));
    const file = join(folder, 'invoice.pdf');
    writeFileSync(file, await renderInvoicePdf(invoiceTo(NAME), options));
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    for (const word of ['𠮷野家', '槗本髙﨑', '김철수', '汉们', '😀', 'がき']) expect(text).toContain(word);
    expect(text).not.toContain('〓');
  });
});
