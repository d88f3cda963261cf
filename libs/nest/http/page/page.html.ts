/** The first page: structure only. Words come from the script's dictionary, figures from the API. */
export const PAGE_HTML = /* html */ `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>台帳 Daicho</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header class="bar">
  <div class="bar-in">
    <a class="brand" href="/"><span class="brand-ja">台帳</span><span class="brand-en">Daicho</span></a>
    <nav class="bar-nav">
      <a href="/api/docs" data-t="docs"></a>
      <span class="lang" role="group" aria-label="言語 Language">
        <button type="button" data-lang="ja" lang="ja">日本語</button>
        <button type="button" data-lang="en" lang="en">English</button>
      </span>
      <button type="button" id="sign-out" class="quiet" data-t="signOut" hidden></button>
    </nav>
  </div>
</header>
<main>
  <noscript><p class="note error">この画面にはJavaScriptが必要です。This page needs JavaScript.</p></noscript>

  <section id="sign-in" class="card narrow" aria-labelledby="sign-in-title" hidden>
    <h1 id="sign-in-title" data-t="signInTitle"></h1>
    <p class="soft" data-t="signInText"></p>
    <form id="sign-in-form">
      <label for="key" data-t="keyLabel"></label>
      <input id="key" type="password" autocomplete="off" spellcheck="false" required placeholder="dk_…">
      <p id="sign-in-error" class="note error" role="alert" hidden></p>
      <button type="submit" class="primary" data-t="signIn"></button>
    </form>
  </section>

  <div id="desk" hidden>
    <div class="head">
      <div>
        <h1 id="account-name"></h1>
        <p id="account-facts" class="soft"></p>
      </div>
      <form id="picker" class="picker" role="search" hidden>
        <label for="search" class="sr" data-t="search"></label>
        <input id="search" type="search" autocomplete="off" data-p="search">
        <label for="account" class="sr" data-t="account"></label>
        <select id="account"></select>
      </form>
    </div>
    <p id="desk-error" class="note error" role="alert" hidden></p>

    <section class="balance card" aria-labelledby="available-title">
      <div class="available">
        <h2 id="available-title" data-t="available"></h2>
        <p id="available" class="big money">&nbsp;</p>
        <p id="as-of" class="soft small"></p>
      </div>
      <dl class="parts">
        <div><dt data-t="posted"></dt><dd id="posted" class="money"></dd></div>
        <div><dt data-t="held"></dt><dd id="held" class="money"></dd></div>
        <div><dt data-t="receivable"></dt><dd id="receivable" class="money"></dd></div>
      </dl>
    </section>

    <div class="columns">
      <div>
        <section class="card" aria-labelledby="statement-title">
          <div class="card-head">
            <h2 id="statement-title">
              <span data-t="statement"></span> <span class="soft small" data-t="unit"></span>
            </h2>
            <div class="tools">
              <label for="month" class="sr" data-t="month"></label>
              <select id="month"></select>
              <button type="button" id="statement-csv">CSV</button>
              <button type="button" id="statement-pdf">PDF</button>
            </div>
          </div>
          <div id="statement" class="body"></div>
        </section>
        <section class="card" aria-labelledby="history-title">
          <div class="card-head">
            <h2 id="history-title" data-t="history"></h2><span class="soft small" data-t="unit"></span>
          </div>
          <div id="history" class="body"></div>
          <button type="button" id="more" class="wide" data-t="more" hidden></button>
        </section>
      </div>
      <div>
        <section class="card" aria-labelledby="lots-title">
          <div class="card-head">
            <h2 id="lots-title" data-t="lots"></h2><span class="soft small" data-t="unit"></span>
          </div>
          <div id="lots" class="body"></div>
        </section>
        <section class="card" aria-labelledby="invoices-title">
          <div class="card-head">
            <h2 id="invoices-title">
              <span data-t="invoices"></span> <span class="soft small" data-t="unit"></span>
            </h2>
            <label class="check"><input type="checkbox" id="decimals"><span data-t="decimals"></span></label>
          </div>
          <div id="invoices" class="body"></div>
        </section>
      </div>
    </div>
  </div>
</main>
<p id="status" class="sr" role="status"></p>
</body>
</html>
`;

/** Three ruled lines on indigo: a ledger. */
export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1f3a6d"/>
<path d="M9 8h14M9 16h14M9 24h8" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
</svg>
`;
