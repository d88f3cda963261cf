import { Instant, inWords, type Language, Money } from '#kernel';
import type { Payment } from './books.js';
import { passesLuhn, TEST_CARDS, type TestCard, testCard } from './cards.js';
import type { Counter } from './counter.js';
import { type Html, html } from './html.js';
import { PaymentPages, type Wrong } from './pages.js';
import { BANKS, CHAINS } from './shops.js';
import { words } from './words.js';

/** What the issuer of every card of the sandbox sends to its holder. */
const CODE = '1234';
const PHONE = /^0\d{9,10}$/;
const KATAKANA = /^[\u30a1-\u30fc\u3000 （）．－]{1,48}$/;

type Form = URLSearchParams;
/** What is wrong with a form; null: it was carried out. */
type Done = Wrong | null;

/** What a customer does on the pages, and which page it sees. */
export class Customer {
  /** Cards that were typed and whose issuer asks for a code; never written down. */
  private readonly challenged = new Map<string, TestCard | 'on_file'>();

  constructor(private readonly counter: Counter) {}

  /** The page of a payment as it stands. */
  show(payment: Payment, language: Language, wrong: Wrong | null): string {
    const pages = new PaymentPages(payment, language);
    switch (payment.state) {
      case 'paid':
        return pages.paid();
      case 'failed':
        return pages.failed(wrong);
      case 'cancelled':
        return pages.cancelled();
      case 'waits_for_money':
        return payment.slip ? pages.slip(this.counter.ticketIsGood(payment)) : pages.account(wrong);
      default:
        return this.ask(payment, pages, wrong);
    }
  }

  private ask({ payment, request }: Payment, pages: PaymentPages, wrong: Wrong | null): string {
    if (request.method === 'card') {
      if (request.card !== null) this.challenged.set(payment, 'on_file');
      return this.challenged.has(payment) ? challengePage(pages) : cardPage(pages, request.keepCard, wrong);
    }
    const phone = pages.phone(wrong);
    if (request.method === 'net_bank') {
      const payer = pages.field('payer', words.PAYER, html`autocomplete="off"`, wrong);
      const texts = { title: words.BANK_TITLE, label: words.BANK, act: 'bank', submit: words.PAY };
      return pages.chooseOf(BANKS, wrong, html`${payer}${phone}`, { ...texts, hint: words.BANK_HINT });
    }
    const texts = { title: words.SHOP_TITLE, label: words.SHOP, act: 'shop', submit: words.ISSUE };
    return pages.chooseOf(CHAINS, wrong, phone, texts);
  }

  /** Undefined: there is no such act. */
  act(payment: Payment, act: string, form: Form): Done | undefined {
    switch (act) {
      case 'card':
        return this.typeCard(payment, form);
      case 'code':
        return this.typeCode(payment, form);
      case 'bank':
        return this.chooseBank(payment, form);
      case 'shop':
        return this.chooseShop(payment, form);
      case 'ticket':
        this.counter.printTicket(payment);
        return null;
      case 'till':
        this.counter.payAtTill(payment);
        return null;
      case 'transfer':
        return this.transfer(payment, form);
      case 'give-up':
        this.counter.fail(payment, 'given_up');
        return null;
      default:
        return undefined;
    }
  }

  private typeCard(payment: Payment, form: Form): Done {
    if (payment.request.method !== 'card' || payment.request.card !== null) return null;
    const wrong = wrongCard(form, this.counter.books.now());
    if (wrong) return wrong;
    const card = testCard(textOf(form, 'number'))!;
    if (card.first === 'paid') this.counter.payByCard(payment, card);
    else if (card.first === 'challenge') this.challenged.set(payment.payment, card);
    else this.counter.fail(payment, card.first);
    return null;
  }

  private typeCode(payment: Payment, form: Form): Done {
    const card = this.challenged.get(payment.payment);
    if (!card) return null;
    this.challenged.delete(payment.payment);
    if (textOf(form, 'code') !== CODE) this.counter.fail(payment, 'authentication_failed');
    else if (card === 'on_file') this.counter.payByCardOnFile(payment);
    else this.counter.payByCard(payment, card);
    return null;
  }

  private chooseBank(payment: Payment, form: Form): Done {
    if (payment.request.method !== 'net_bank') return null;
    const bank = BANKS.find(({ code }) => code === textOf(form, 'bank'));
    if (!bank) return { field: 'bank', said: words.WRONG_CHOICE };
    const payer = textOf(form, 'payer');
    if (!KATAKANA.test(payer)) return { field: 'payer', said: words.WRONG_PAYER };
    if (!PHONE.test(textOf(form, 'phone'))) return { field: 'phone', said: words.WRONG_PHONE };
    this.counter.chooseBank(payment, bank, payer);
    return null;
  }

  private chooseShop(payment: Payment, form: Form): Done {
    if (payment.request.method !== 'konbini') return null;
    const chain = CHAINS.find(({ code }) => code === textOf(form, 'shop'));
    if (!chain) return { field: 'shop', said: words.WRONG_CHOICE };
    const phone = textOf(form, 'phone');
    if (!PHONE.test(phone)) return { field: 'phone', said: words.WRONG_PHONE };
    this.counter.issueSlip(payment, chain, phone);
    return null;
  }

  private transfer(payment: Payment, form: Form): Done {
    const amount = yenOf(textOf(form, 'amount'));
    if (amount === undefined) return { field: 'amount', said: words.WRONG_AMOUNT };
    const payer = textOf(form, 'payer');
    if (!KATAKANA.test(payer)) return { field: 'payer', said: words.WRONG_PAYER };
    this.counter.transfer(payment, amount, payer);
    return null;
  }
}

const textOf = (form: Form, field: string): string => (form.get(field) ?? '').trim();

/** Whole yen above zero as people type them, or nothing. */
export function yenOf(text: string): Money | undefined {
  try {
    const amount = Money.typed(text);
    return amount > 0 && amount === Money.toWholeYen(amount, 'down') ? amount : undefined;
  } catch {
    return undefined;
  }
}

function wrongCard(form: Form, now: Instant): Wrong | null {
  if (textOf(form, 'holder') === '') return { field: 'holder', said: words.WRONG_HOLDER };
  if (!PHONE.test(textOf(form, 'phone'))) return { field: 'phone', said: words.WRONG_PHONE };
  const number = textOf(form, 'number');
  if (!passesLuhn(number)) return { field: 'number', said: words.WRONG_NUMBER };
  if (!testCard(number)) return { field: 'number', said: words.NO_TEST_NUMBER };
  const expiry = /^(0[1-9]|1[0-2])\/(\d\d)$/.exec(textOf(form, 'expiry'));
  if (!expiry) return { field: 'expiry', said: words.WRONG_EXPIRY };
  // A card is good through the last day of its month.
  if (`20${expiry[2]}-${expiry[1]}` < Instant.text(now).slice(0, 7))
    return { field: 'expiry', said: words.PAST_EXPIRY };
  if (!/^\d{3,4}$/.test(textOf(form, 'cvc'))) return { field: 'cvc', said: words.WRONG_SECURITY_CODE };
  return null;
}

/** None of what is typed here is shown again, nor written down. */
function cardPage(pages: PaymentPages, keepsCard: boolean, wrong: Wrong | null): string {
  const { language } = pages;
  const digits = html`inputmode="numeric"`;
  const number = html`${digits} autocomplete="cc-number"`;
  const fields = html`
${pages.field('holder', words.HOLDER, html`autocomplete="cc-name"`, wrong)}
${pages.phone(wrong)}
${pages.field('number', words.CARD_NUMBER, number, wrong, words.CARD_NUMBER_HINT)}
${pages.field('expiry', words.EXPIRY, html`${digits} placeholder="MM/YY" autocomplete="cc-exp"`, wrong)}
${pages.field('cvc', words.SECURITY_CODE, html`${digits} maxlength="4" autocomplete="cc-csc"`, wrong)}
${keepsCard ? html`<p class="hint">${words.KEEPS_CARD[language]}</p>` : null}`;
  const row = (card: TestCard): Html =>
    html`<tr><td>${card.number}</td><td>${card.brand}<br>${card[language]}</td></tr>`;
  const heads = [words.CARD_NUMBER, words.OUTCOME].map(head => html`<th scope="col">${head[language]}</th>`);
  const numbers = html`<details open><summary>${words.TEST_NUMBERS[language]}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${words.TEST_NUMBERS[language]}">
<table><thead><tr>${heads}</tr></thead><tbody>${TEST_CARDS.map(row)}</tbody></table></div></details>`;
  return pages.form(words.CARD_TITLE, 'card', fields, words.PAY, numbers);
}

function challengePage(pages: PaymentPages): string {
  const text = html`<p>${inWords(words.CHALLENGE_TEXT, { code: CODE }, pages.language)}</p>`;
  const more = html`inputmode="numeric" autocomplete="one-time-code"`;
  const fields = pages.field('code', words.CODE, more, null);
  return pages.form(words.CHALLENGE_TITLE, 'code', fields, words.AUTHENTICATE, null, text);
}
