import { createHash } from 'node:crypto';
import { inWords, type Language, Money, type Sentence } from '#kernel';
import type { GatewayForm } from '#ports';

// The page between the portal and the page of an agency that is reached by posting a form. No script runs
// here and no card is typed here: one button posts what the agency is to know.

const words = {
  TITLE: { ja: 'お支払い画面へ進みます', en: 'Go on to the payment page' },
  TEXT: {
    ja: '決済代行会社のページで{yen}円をお支払いいただきます。カード情報は、そのページで入力してください。',
    en: 'You pay {yen} yen on the page of the payment agency. Cards are typed there, never here.',
  },
  GO: { ja: '支払いに進む', en: 'Go on to pay' },
  OVER_TITLE: { ja: 'このページではお支払いいただけません', en: 'It cannot be paid here' },
  OVER: {
    ja: 'お支払いの手続きが済んでいるか、期限を過ぎています。マイページでお支払いの状況をご確認ください。',
    en: 'It has been paid or tried already, or its time is over. See in the portal how it stands.',
  },
} as const satisfies Record<string, Sentence>;

const CSS = `:root { color-scheme: light dark }
body { font: 16px/1.6 system-ui, sans-serif; margin: 0; padding: 2rem 1rem; }
main { max-width: 34rem; margin: 0 auto; }
h1 { font-size: 1.4rem; line-height: 1.4; }
button { font: inherit; font-weight: 700; min-height: 2.75rem; padding: .5rem 1.25rem; cursor: pointer; }`;
const CSS_HASH = createHash('sha256').update(CSS).digest('base64');

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, character => ESCAPED[character]!);

/** Nothing is loaded, no script runs; a form leads to the agency and nowhere else. */
export function formHeaders(form: GatewayForm | undefined): Record<string, string> {
  const goal = form ? new URL(form.action).origin : "'none'";
  return {
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${CSS_HASH}'; ` +
      `form-action ${goal}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

const page = (language: Language, title: string, main: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${CSS}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`;

export function formPage({ action, amount, fields, language }: GatewayForm): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const text = inWords(words.TEXT, { yen: Money.display(amount, 0) }, language);
  const form = `<form method="post" action="${escaped(action)}" accept-charset="Shift_JIS">
${hidden.join('\n')}
<button>${escaped(words.GO[language])}</button>
</form>`;
  return page(language, words.TITLE[language], `<p>${escaped(text)}</p>\n${form}`);
}

export const noFormPage = (language: Language): string =>
  page(language, words.OVER_TITLE[language], `<p>${escaped(words.OVER[language])}</p>`);
