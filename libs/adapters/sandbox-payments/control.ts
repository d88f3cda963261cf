import { type Language, Money } from '#kernel';
import type { Books } from './books.js';
import { FAULTS, type Fault, type Faults } from './faults.js';
import { type Html, html, page } from './html.js';
import { timeText, yenText } from './pages.js';
import { FAULT_NAMES, METHOD_NAMES, STATE_NAMES, words } from './words.js';

const SHOWN = 50;

function table(heads: readonly string[], rows: readonly Html[], name: string): Html {
  const head = heads.map(text => html`<th scope="col">${text}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Where a person lets things go wrong and sees what the agency has taken. */
export function controlPage(books: Books, faults: Faults, language: Language): string {
  const say = (of: keyof typeof words): string => words[of][language];
  const sums = books.summary().map(
    ({ method, payments, taken, returned }) => html`<tr><th scope="row">${METHOD_NAMES[method][language]}</th>
<td class="number">${payments}</td><td class="number">${yenText(taken, language)}</td>
<td class="number">${yenText(returned, language)}</td></tr>`,
  );
  const newest = books.newest(SHOWN).map(
    ({ payment, request, state, amount, received, payableUntil }) => html`<tr>
<td><a href="/pay/${payment}?lang=${language}">${request.attempt}</a></td>
<td>${METHOD_NAMES[request.method][language]}</td><td>${STATE_NAMES[state][language]}</td>
<td class="number">${yenText(amount, language)}</td><td class="number">${yenText(received, language)}</td>
<td>${timeText(payableUntil, language)}</td></tr>`,
  );
  const waiting = faults.list().map(
    ({
      fault,
      times,
      by,
    }) => html`<tr><td>${FAULT_NAMES[fault][language]}</td><td class="number">${times}</td>
<td class="number">${by}</td></tr>`,
  );
  const option = (fault: Fault): Html =>
    html`<option value="${fault}">${FAULT_NAMES[fault][language]}</option>`;
  const other: Language = language === 'ja' ? 'en' : 'ja';
  const main = html`<h2>${say('BOOKS')}</h2>
${table([say('METHOD'), say('COUNT'), say('TAKEN'), say('RETURNED')], sums, say('BOOKS'))}
<h2>${say('FAULTS')}</h2>
<form method="post" action="/control/faults?lang=${language}">
<label>${say('FAULT')}<select name="fault">${FAULTS.map(option)}</select></label>
<label>${say('TIMES')}<input name="times" value="1" inputmode="numeric" required></label>
<label>${say('BY')}<input name="by" value="1" required></label>
<button>${say('ASK')}</button></form>
<h2>${say('WAITING')}</h2>${table([say('FAULT'), say('TIMES'), say('BY')], waiting, say('WAITING'))}
<h2>${say('NEWEST')}</h2>
${table(
  [say('NUMBER'), say('METHOD'), say('STATE'), say('AMOUNT'), say('RECEIVED'), say('UNTIL')],
  newest,
  say('NEWEST'),
)}`;
  return page({
    language,
    title: say('CONTROL_TITLE'),
    banner: say('BANNER'),
    main,
    footer: html`<p><a href="/control?lang=${other}" lang="${other}">${say('OTHER_LANGUAGE')}</a></p>`,
    isWide: true,
  });
}

/** The sums for who compares them with other books: texts of yen, by method. */
export function booksInJson(books: Books): unknown {
  const methods = books.summary().map(({ method, payments, taken, returned }) => ({
    method,
    payments,
    taken: Money.text(taken),
    returned: Money.text(returned),
  }));
  const total = (of: 'taken' | 'returned'): string =>
    Money.text(Money.sum(books.summary().map(sum => sum[of])));
  return { methods, taken: total('taken'), returned: total('returned') };
}
