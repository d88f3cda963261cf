import { dateTextInWords, Instant, inWords, type Language, Money, type Sentence } from '#kernel';
import type { TransferAccount } from '#ports';
import type { Payment } from './books.js';
import { type Html, html, page } from './html.js';
import { CHAINS } from './shops.js';
import { DECLINE_NAMES, METHOD_NAMES, NUMBER_NAMES, words } from './words.js';

/** What was wrong with a form: the field, and what is said beside it. */
export interface Wrong {
  readonly field: string;
  readonly said: Sentence;
}

export const yenText = (amount: Money, language: Language): string =>
  inWords(words.YEN, { yen: Money.display(amount, 0) }, language);

/** `2026年10月5日 12:01`. */
export function timeText(at: Instant, language: Language): string {
  const text = Instant.text(at);
  return `${dateTextInWords(text.slice(0, 10), language)} ${text.slice(11, 16)}`;
}

/** One page for one payment, in one language. */
export class PaymentPages {
  constructor(
    readonly payment: Payment,
    readonly language: Language,
  ) {}

  /** The action of this payment, in the language of its page. */
  private action(act: string): string {
    return `/pay/${this.payment.payment}/${act}?lang=${this.language}`;
  }

  private say(sentence: Sentence): string {
    return sentence[this.language];
  }

  private rows(rows: readonly (readonly [Sentence, string, boolean?])[]): Html {
    const row = ([name, value, isBig = false]: (typeof rows)[number]) =>
      html`<dt>${this.say(name)}</dt><dd class="${isBig ? 'big' : ''}">${value}</dd>`;
    return html`<dl>${rows.map(row)}</dl>`;
  }

  private order(): Html {
    const { amount, payableUntil, request } = this.payment;
    return this.rows([
      [words.AMOUNT, yenText(amount, this.language), true],
      [words.METHOD, this.say(METHOD_NAMES[request.method])],
      [words.UNTIL, timeText(payableUntil, this.language)],
    ]);
  }

  private button(act: string, sentence: Sentence, quiet = false): Html {
    return html`<form method="post" action="${this.action(act)}">
<button class="${quiet ? 'quiet' : ''}">${this.say(sentence)}</button></form>`;
  }

  private back(quiet = false): Html {
    const look = quiet ? 'button quiet' : 'button';
    const { returnTo } = this.payment.request;
    return html`<p><a class="${look}" href="${returnTo}">${this.say(words.BACK)}</a></p>`;
  }

  private whole(title: Sentence, main: Html): string {
    const { language, payment } = this;
    const other: Language = language === 'ja' ? 'en' : 'ja';
    const path = `/pay/${payment.payment}?lang=${other}`;
    return page({
      language,
      title: this.say(title),
      banner: this.say(words.BANNER),
      main,
      footer: html`<p><a href="${path}" lang="${other}">${this.say(words.OTHER_LANGUAGE)}</a></p>`,
    });
  }

  /** A field of a form, with what was wrong with it. */
  field(name: string, label: Sentence, more: Html, wrong: Wrong | null, hint?: Sentence): Html {
    const isWrong = wrong?.field === name;
    const describedBy = html`aria-describedby="about-${name}"`;
    const about = isWrong
      ? html`<span class="wrong" role="alert">${this.say(wrong.said)}</span>`
      : html`<span class="hint">${hint ? this.say(hint) : ''}</span>`;
    return html`<div><label>${this.say(label)}
<input name="${name}" required ${describedBy} ${isWrong ? html`aria-invalid="true"` : null} ${more}></label>
<div id="about-${name}">${about}</div></div>`;
  }

  /** Only telephones of Japan are taken (PAY-04). */
  phone(wrong: Wrong | null): Html {
    const more = html`inputmode="tel" autocomplete="tel-national"`;
    return this.field('phone', words.PHONE, more, wrong, words.PHONE_HINT);
  }

  private choice(
    name: string,
    label: Sentence,
    of: readonly ({ readonly code: string } & Sentence)[],
    wrong: Wrong | null,
  ): Html {
    const about =
      wrong?.field === name ? html`<p class="wrong" role="alert">${this.say(wrong.said)}</p>` : null;
    const one = ({ code, ...named }: (typeof of)[number]) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${code}" required>
${this.say(named)}</label>`;
    return html`<fieldset><legend>${this.say(label)}</legend>${about}${of.map(one)}</fieldset>`;
  }

  form(
    title: Sentence,
    act: string,
    fields: Html,
    submit: Sentence,
    after: Html | null = null,
    text: Html | null = null,
  ): string {
    const main = html`${this.order()}${text}
<form method="post" action="${this.action(act)}">${fields}<button>${this.say(submit)}</button></form>
${this.button('give-up', words.GIVE_UP, true)}${after}`;
    return this.whole(title, main);
  }

  chooseOf(
    of: readonly ({ readonly code: string } & Sentence)[],
    wrong: Wrong | null,
    more: Html,
    texts: { title: Sentence; label: Sentence; act: string; submit: Sentence; hint?: Sentence },
  ): string {
    const fields = html`${this.choice(texts.act, texts.label, of, wrong)}
${texts.hint ? html`<p class="hint">${this.say(texts.hint)}</p>` : null}${more}`;
    return this.form(texts.title, texts.act, fields, texts.submit);
  }

  slip(ticketIsGood: boolean): string {
    const { slip, ticketAt } = this.payment;
    const { chain, numbers } = slip!;
    const named = CHAINS.find(({ code }) => code === chain)!;
    const isOld = ticketAt !== null && !ticketIsGood;
    const old = html`<p class="wrong" role="alert">${this.say(words.TICKET_OLD)}</p>`;
    const main = html`${this.order()}<p>${this.say(words.SLIP_TEXT)}</p>
${this.rows([
  [words.SHOP, this.say(named)],
  ...numbers.map(({ kind, value }) => [NUMBER_NAMES[kind], value, true] as const),
])}
${isOld ? old : null}
${ticketIsGood ? this.button('till', words.TILL) : null}
${this.button('ticket', ticketAt === null ? words.PRINT : words.PRINT_AGAIN, ticketIsGood)}
${this.back(true)}`;
    return this.whole(words.SLIP_TITLE, main);
  }

  private accountRows({ bank, branch, kind, number, holder }: TransferAccount): Html {
    return this.rows([
      [words.BANK, bank],
      [words.BRANCH, branch],
      [words.KIND, this.say(kind === 'ordinary' ? words.ORDINARY : words.CURRENT)],
      [words.ACCOUNT, number, true],
      [words.ACCOUNT_HOLDER, holder],
    ]);
  }

  account(wrong: Wrong | null): string {
    const main = html`${this.order()}<p>${this.say(words.ACCOUNT_TEXT)}</p>
${this.accountRows(this.payment.account!)}${this.sendForm(wrong)}${this.back(true)}`;
    return this.whole(words.ACCOUNT_TITLE, main);
  }

  private sendForm(wrong: Wrong | null): Html {
    const { amount } = this.payment;
    const yen = html`inputmode="numeric" value="${Money.text(amount)}"`;
    const name = html`value="ダイチョウ タロウ"`;
    return html`<h2>${this.say(words.SEND_TITLE)}</h2>
<form method="post" action="${this.action('transfer')}">
${this.field('amount', words.SEND_AMOUNT, yen, wrong)}${this.field('payer', words.PAYER, name, wrong)}
<button>${this.say(words.SEND)}</button></form>`;
  }

  paid(): string {
    const { language, payment } = this;
    const { received, paidAt, payer, slip, request } = payment;
    const rows = this.rows([
      [words.RECEIVED, yenText(received, language), true],
      [words.PAID_AT, timeText(paidAt!, language)],
      [words.METHOD, this.say(METHOD_NAMES[request.method])],
      ...(payer === null ? [] : [[words.PAYER_NAME, payer] as const]),
      [words.NUMBER, payment.payment],
    ]);
    const main = html`${slip ? html`<h2>${this.say(words.RECEIPT)}</h2>` : null}${rows}${this.back()}`;
    return this.whole(words.PAID_TITLE, main);
  }

  failed(wrong: Wrong | null): string {
    const { account } = this.payment;
    const decline = this.payment.decline ?? 'declined';
    const rows = this.rows([
      [words.AMOUNT, yenText(this.payment.amount, this.language)],
      [words.REASON, this.say(DECLINE_NAMES[decline])],
    ]);
    // A bank does not know the deadline: what is sent late arrives all the same.
    const late = account && html`${this.accountRows(account)}${this.sendForm(wrong)}`;
    return this.whole(words.FAILED_TITLE, html`${rows}${this.back()}${late}`);
  }

  cancelled(): string {
    return this.whole(words.CANCELLED_TITLE, html`${this.order()}${this.back()}`);
  }
}
