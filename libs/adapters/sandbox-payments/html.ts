import { createHash } from 'node:crypto';
import type { Language } from '#kernel';

/** HTML that may stand in a page as it is. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | readonly Html[];

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, character => ESCAPED[character]!);

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part !== 'object') return escaped(String(part));
  return 'html' in part ? part.html : part.map(written).join('');
}

/** A piece of a page; texts in it are escaped. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, i) => text + written(parts[i] ?? null)).join(''),
});

const CSS = `
:root { color-scheme: light dark; --text: #1b2530; --paper: #fff; --back: #eef1f5; --line: #8995a3;
  --strong: #0b57a4; --on-strong: #fff; --mark: #7a4b00; --mark-back: #fff3d6; --bad: #a3161d; }
@media (prefers-color-scheme: dark) { :root { --text: #e6ebf0; --paper: #1a222b; --back: #10161c;
  --line: #74808c; --strong: #7db7f2; --on-strong: #08192b; --mark: #ffd88a; --mark-back: #3a2c0b;
  --bad: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 16px/1.6 system-ui, "Hiragino Sans", "BIZ UDPGothic", "Noto Sans JP", sans-serif; }
.sandbox { margin: 0; background: var(--mark-back); color: var(--mark); padding: .5rem 1rem;
  text-align: center;
  font-weight: 700; text-wrap: balance; }
main { max-width: 34rem; margin: 1.5rem auto; padding: 1.5rem; background: var(--paper);
  border-radius: .5rem; }
main.wide { max-width: 60rem; }
h1 { text-wrap: balance; font-size: 1.4rem; line-height: 1.4; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
dl { display: grid; grid-template-columns: fit-content(45%) minmax(0, 1fr); gap: .25rem 1rem;
  margin: 0 0 1.25rem; }
dt { opacity: .8; } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dd.big { font-size: 1.2rem; font-weight: 700; }
form { display: grid; gap: .9rem; margin: 0 0 .9rem; }
fieldset { border: 0; padding: 0; margin: 0; display: grid; gap: .4rem; }
legend { font-weight: 700; padding: 0; }
label { display: grid; gap: .2rem; font-weight: 700; }
label.choice { display: flex; gap: .6rem; align-items: center; font-weight: 400; min-height: 2.75rem;
  border: 1px solid var(--line); border-radius: .375rem; padding: .25rem .75rem; }
input:not([type=radio]), select { font: inherit; font-weight: 400; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .6rem; width: 100%; }
input[type=radio] { width: 1.2rem; height: 1.2rem; }
.hint { font-weight: 400; font-size: .875rem; opacity: .85; }
.wrong { color: var(--bad); font-weight: 700; font-size: .9rem; }
button, a.button { font: inherit; font-weight: 700; min-height: 2.75rem; padding: .5rem 1.25rem;
  border-radius: .375rem; border: 1px solid var(--strong); background: var(--strong); color: var(--on-strong);
  cursor: pointer; text-align: center; text-decoration: none; display: inline-block; }
button.quiet, a.quiet { background: transparent; color: var(--strong); }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
.wide th, .wide td { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { max-width: 34rem; margin: 0 auto 2rem; padding: 0 1.5rem; } a { color: var(--strong); }
details { margin-top: 1.5rem; } summary { cursor: pointer; font-weight: 700; min-height: 2rem; }
`;

const CSS_HASH = createHash('sha256').update(CSS).digest('base64');

/** Nothing is loaded, no script runs; a form may lead to this server, and from there back to the shop. */
export function pageHeaders(leadsTo: string | null): Record<string, string> {
  const goal = leadsTo === null ? '' : ` ${new URL(leadsTo).origin}`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${CSS_HASH}'; img-src data:; ` +
      `form-action 'self'${goal}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

export interface PageParts {
  readonly language: Language;
  readonly title: string;
  /** Says that no real money moves. */
  readonly banner: string;
  readonly main: Html;
  readonly footer: Html;
  readonly isWide?: boolean;
}

export function page({ language, title, banner, main, footer, isWide = false }: PageParts): string {
  const style = { html: `<style>${CSS}</style>` };
  const body = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${banner}</title>
<link rel="icon" href="data:,">
${style}
</head>
<body>
<header><p class="sandbox" role="note">${banner}</p></header>
<main class="${isWide ? 'wide' : ''}">
<h1>${title}</h1>
${main}
</main>
<footer>${footer}</footer>
</body>
</html>
`;
  return body.html;
}
