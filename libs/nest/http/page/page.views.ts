/** What the first page shows of an account; second part of its script. */
export const PAGE_VIEWS = /* js */ `
const empty = name => [h('p', { class: 'note' }, t(name))];
const heads = (...names) =>
  h('thead', null, h('tr', null,
    ...names.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name && t(name)))));
const when = text =>
  h('td', { class: 'when num' }, h('span', { class: 'century' }, text.slice(0, 2)), date(text).slice(2), ' ',
    h('span', { class: 'clock' }, time(text)));
const right = (text, kind = '') => h('td', { class: 'right num ' + kind }, text);
const category = name => (lang === 'en' && CATEGORIES[name]) || name;

function showAccount() {
  say('desk-error', '');
  byId('account-name').textContent = account.name;
  const more = account.numbers.length - 3;
  const numbers = account.numbers.slice(0, 3).join(', ') + (more > 0 ? ' +' + more : '');
  byId('account-facts').textContent = t('facts', account.account, account.tariff, numbers || '–');
  showBalance();
  showStatement();
  showHistory();
  showInvoices();
}

function showBalance() {
  fill('lots', () => get(path('/balance')), balance => {
    byId('available').replaceChildren(yen(balance.available), h('span', { class: 'unit' }, t('yen')));
    byId('as-of').textContent = t('asOf', date(balance.asOf) + ' ' + time(balance.asOf));
    for (const part of ['posted', 'held', 'receivable']) byId(part).textContent = yen(balance[part]);
    byId('receivable').parentElement.classList.toggle('owed', balance.receivable !== '0');
    const lots = balance.lots.filter(lot => lot.remaining !== '0');
    return lots.length === 0 ? empty('noLots') : [lotsTable(lots, balance.asOf)];
  });
}

function lotsTable(lots, asOf) {
  const decimals = decimalsOf(lots.map(lot => lot.remaining));
  const rows = lots.map(lot => {
    const soon = daysBetween(asOf.slice(0, 10), lot.expiresOn) <= 30;
    const method = lot.kind === 'bonus' ? t('bonus') : WORDS[lang][lot.method] || lot.method;
    return h('tr', null,
      h('td', null, h('span', { class: 'item' }, method),
        h('span', { class: 'detail num' }, t('creditedOf', date(lot.issuedAt), yen(lot.credited)))),
      h('td', { class: 'num' }, date(lot.expiresOn), soon ? h('br') : '',
        soon ? h('span', { class: 'tag soon' }, t('soon')) : ''),
      right(yen(lot.remaining, decimals)));
  });
  return h('table', null, heads(['kind'], ['expires'], ['remaining', 'right']), h('tbody', null, ...rows));
}

function showStatement() {
  const month = byId('month').value;
  const files = [byId('statement-csv'), byId('statement-pdf')];
  for (const button of files) button.disabled = true;
  fill('statement', () => get(path('/statements/' + month)).catch(error => {
    if (error.status === 404) return null;
    throw error;
  }), statement => {
    const used = statement && (statement.rows.length > 0 || statement.incomingDiscount.calls > 0);
    for (const button of files) button.disabled = !used;
    return used ? statementTable(statement) : empty('noStatement');
  });
}

function statementTable(statement) {
  const { rows, total, incomingDiscount } = statement;
  const decimals = decimalsOf([...rows, total, incomingDiscount].map(row => row.amount));
  const line = (name, figures, kind) =>
    h('tr', { class: kind }, h('th', { scope: 'row' }, name), right(yen(String(figures.calls))),
      right(figures.duration), right(yen(figures.amount, decimals)));
  const { calls } = incomingDiscount;
  const discount = calls > 0
    ? line(t('incomingDiscount', yen(String(calls))), { ...incomingDiscount, calls: '' }, 'lesser')
    : null;
  const foot = h('tfoot', null, line(t('total'), total), discount || '');
  const table = h('table', null,
    heads(['category'], ['calls', 'right'], ['duration', 'right'], ['net', 'right']),
    h('tbody', null, ...rows.map(row => line(category(row.category), row))), foot);
  const unanswered = statement.unansweredNotCounted;
  if (unanswered === 0) return [table];
  return [table, h('p', { class: 'note small' }, t('unanswered', yen(String(unanswered))))];
}

function historyRow(row) {
  const kind = row.amount === '0' ? '' : row.amount.startsWith('-') ? 'minus' : 'plus';
  const item = lang === 'ja' ? row.itemJa : ITEMS[row.item] || row.item;
  const decimals = shown.decimals;
  return h('tr', null, when(row.at),
    h('td', null, h('span', { class: 'item' }, item), h('span', { class: 'detail' }, row.detail)),
    right((kind === 'plus' ? '+' : '') + yen(row.amount, decimals.amount), kind),
    right(yen(row.postedAfter, decimals.after)));
}

/** Rows seen so far, with so many decimals that every column stands on its points. */
function historyTable() {
  const { rows } = shown;
  shown.decimals = {
    amount: decimalsOf(rows.map(row => row.amount)),
    after: decimalsOf(rows.map(row => row.postedAfter)),
  };
  byId('more').hidden = nextHistory === null;
  if (rows.length === 0) return empty('noHistory');
  return [h('table', null, heads(['when'], ['item'], ['amount', 'right'], ['balanceAfter', 'right']),
    h('tbody', null, ...rows.map(historyRow)))];
}

function showHistory() {
  byId('more').hidden = true;
  fill('history', () => get(path('/history?limit=20')), page => {
    shown = { rows: page.rows };
    nextHistory = page.next;
    return historyTable();
  });
}

async function moreHistory() {
  const button = byId('more');
  button.disabled = true;
  const before = shown.rows.length;
  const next = path('/history?limit=20&cursor=' + encodeURIComponent(nextHistory));
  await fill('history', () => get(next), page => {
    shown.rows = [...shown.rows, ...page.rows];
    nextHistory = page.next;
    return historyTable();
  });
  button.disabled = false;
  byId('history').querySelectorAll('tbody tr')[before]?.scrollIntoView({ block: 'nearest' });
}

function showInvoices() {
  fill('invoices', () => get('/invoices?limit=24&account=' + encodeURIComponent(account.account)), page =>
    page.rows.length === 0 ? empty('noInvoices') : [invoicesTable(page.rows)]);
}

function invoicesTable(rows) {
  const lines = rows.map(row => {
    const name = 'invoice-' + row.number + '.pdf';
    const pdf = event => {
      const form = '?language=' + lang + '&decimals=' + byId('decimals').checked;
      save(event.target, '/invoices/' + encodeURIComponent(row.number) + '/pdf' + form, name);
    };
    return h('tr', null,
      h('td', null, h('span', { class: 'item num' }, row.month.replace('-', '/')),
        h('span', { class: 'detail num' }, row.number)),
      right(yen(row.total)),
      h('td', { class: 'right' },
        h('button', { type: 'button', 'aria-label': 'PDF ' + row.number, click: pdf }, 'PDF')));
  });
  return h('table', null, heads(['month'], ['billed', 'right'], ['', 'right']), h('tbody', null, ...lines));
}
`;
