import { PAGE_VIEWS } from './page.views.js';
import { PAGE_WORDS } from './page.words.js';

/** Key, language, requests and events of the first page. No markup is ever made from text. */
const PAGE_CORE = /* js */ String.raw`
const byId = id => document.getElementById(id);
const store = window.sessionStorage;
let lang = store.getItem('daicho.lang') === 'en' ? 'en' : 'ja';
let key = store.getItem('daicho.key');
let me = null;
let account = null;
let months = [];
let nextHistory = null;
let shown = null;
// Answers that arrive after the user has asked for something else are dropped: questions are counted per box.
const asked = {};

const t = (name, ...values) => WORDS[lang][name].replace(/\{(\d)\}/g, (_, i) => values[i]);

/**
 * '1234567.5' -> '1,234,567.5', with so many decimals at least. Text to text: money is never a number here.
 */
function yen(text, decimals = 0) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) || [null, '', text];
  const tail = fraction.padEnd(decimals, '0');
  return (sign ? '−' : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (tail ? '.' + tail : '');
}
const decimalsOf = texts => Math.max(0, ...texts.map(text => (text.split('.')[1] || '').length));
const date = text => text.slice(0, 10).replaceAll('-', '/');
const time = text => text.slice(11, 16);
const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;

/** An element with attributes and children; text stays text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

class Refusal extends Error {
  constructor(status, detail, code) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

async function request(path) {
  let response;
  try {
    const headers = { Authorization: 'Bearer ' + key };
    response = await fetch('/api/v1' + path, { headers, cache: 'no-store' });
  } catch {
    throw new Refusal(0, t('offline'), '');
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem.detail || response.statusText, problem.code || '');
}
const get = path => request(path).then(response => response.json());
function sentence(error) {
  if (error instanceof Refusal && error.status === 0) return error.message;
  return t('failed', error.code ? error.message + ' (' + error.code + ')' : error.message);
}

function say(id, text) {
  const element = byId(id);
  element.hidden = !text;
  element.textContent = text || '';
}

function translate() {
  document.documentElement.lang = lang;
  document.title = t('title');
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-p]')) element.placeholder = t(element.dataset.p);
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
  }
}

/** Saves an answer of the API as a file; the key travels in the header, so a plain link would not do. */
async function save(button, path, name) {
  button.disabled = true;
  try {
    const blob = await (await request(path)).blob();
    const link = h('a', { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say('desk-error', '');
    byId('status').textContent = t('downloaded', name);
  } catch (error) {
    say('desk-error', sentence(error));
  } finally {
    button.disabled = false;
  }
}

/** Fills one box: busy, then its rows, its emptiness or its error. */
async function fill(id, load, view) {
  const box = byId(id);
  const mine = (asked[id] = (asked[id] || 0) + 1);
  box.setAttribute('aria-busy', 'true');
  if (!box.hasChildNodes()) box.replaceChildren(h('p', { class: 'note' }, t('loading')));
  try {
    const answer = await load();
    if (mine !== asked[id]) return;
    box.replaceChildren(...view(answer));
  } catch (error) {
    if (mine !== asked[id]) return;
    box.replaceChildren(h('p', { class: 'note error', role: 'alert' }, sentence(error)));
  }
  box.removeAttribute('aria-busy');
}

function monthsBefore(now, count) {
  let [year, month] = now.slice(0, 7).split('-').map(Number);
  return Array.from({ length: count }, () => {
    const text = year + '-' + String(month).padStart(2, '0');
    month -= 1;
    if (month === 0) [year, month] = [year - 1, 12];
    return text;
  });
}

async function signIn() {
  say('sign-in-error', '');
  try {
    me = await get('/me');
  } catch (error) {
    key = null;
    store.removeItem('daicho.key');
    enter();
    say('sign-in-error', error.status === 401 ? t('badKey') : sentence(error));
    return;
  }
  store.setItem('daicho.key', key);
  months = monthsBefore(me.now, 13);
  enter();
  const options = months.map(month => h('option', { value: month }, month.replace('-', '/')));
  byId('month').replaceChildren(...options);
  byId('month').value = months[1];
  await listAccounts('');
}

/** Shows the sign-in form or the desk. */
function enter() {
  const inside = key !== null && me !== null;
  byId('sign-in').hidden = inside;
  byId('desk').hidden = !inside;
  byId('sign-out').hidden = !inside;
  byId('picker').hidden = !inside || me.role === 'customer';
  if (!inside) byId('key').focus();
}

async function listAccounts(search) {
  const mine = (asked.accounts = (asked.accounts || 0) + 1);
  try {
    const page = await get('/accounts?limit=200' + (search ? '&search=' + encodeURIComponent(search) : ''));
    if (mine !== asked.accounts) return;
    const { rows } = page;
    const label = row => row.name + ' (' + row.account + ')';
    const options = rows.map(row => h('option', { value: row.account }, label(row)));
    byId('account').replaceChildren(...options);
    say('desk-error', rows.length === 0 ? t('noAccounts') : '');
    if (rows.length === 0) return;
    const last = store.getItem('daicho.account');
    account = rows.find(row => row.account === last) || rows[0];
    byId('account').value = account.account;
    showAccount();
  } catch (error) {
    if (mine === asked.accounts) say('desk-error', sentence(error));
  }
}

const path = rest => '/accounts/' + encodeURIComponent(account.account) + rest;

async function choose(id) {
  store.setItem('daicho.account', id);
  try {
    account = await get('/accounts/' + encodeURIComponent(id));
    showAccount();
  } catch (error) {
    say('desk-error', sentence(error));
  }
}

addEventListener('DOMContentLoaded', () => {
  const hash = new URLSearchParams(location.hash.slice(1));
  if (hash.has('lang')) lang = hash.get('lang') === 'en' ? 'en' : 'ja';
  if (hash.has('account')) store.setItem('daicho.account', hash.get('account'));
  if (hash.has('key')) {
    // The key must not stay in the address bar nor in the history.
    key = hash.get('key');
    history.replaceState(null, '', location.pathname);
  }
  translate();
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.addEventListener('click', () => {
      lang = button.dataset.lang;
      store.setItem('daicho.lang', lang);
      translate();
      if (account) showAccount();
    });
  }
  byId('sign-in-form').addEventListener('submit', event => {
    event.preventDefault();
    key = byId('key').value.trim();
    byId('key').value = '';
    signIn();
  });
  byId('sign-out').addEventListener('click', () => {
    store.clear();
    store.setItem('daicho.lang', lang);
    // Nothing of the account stays in the page for the next person.
    location.reload();
  });
  byId('account').addEventListener('change', event => choose(event.target.value));
  byId('picker').addEventListener('submit', event => {
    event.preventDefault();
    listAccounts(byId('search').value.trim());
  });
  byId('month').addEventListener('change', showStatement);
  byId('more').addEventListener('click', moreHistory);
  for (const format of ['csv', 'pdf']) {
    byId('statement-' + format).addEventListener('click', event => {
      const month = byId('month').value;
      const name = 'statement-' + account.account + '-' + month + '.' + format;
      save(event.target, path('/statements/' + month + '?format=' + format + '&language=' + lang), name);
    });
  }
  if (key) signIn();
  else enter();
});
`;

/** The whole script of the first page. */
export const PAGE_SCRIPT = `'use strict';\n${PAGE_WORDS}${PAGE_CORE}${PAGE_VIEWS}`;
