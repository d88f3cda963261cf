/** The first page's looks: paper and indigo, from 360 px up, light and dark. */
export const PAGE_STYLE = /* css */ `
:root {
  --paper: #f5f4ef; --card: #ffffff; --ink: #1b2233; --soft: #5c6478; --line: #e2e0d8; --stripe: #faf9f5;
  --ai: #1f3a6d; --ai-ink: #ffffff; --ai-soft: #e8edf7; --plus: #10663f; --minus: #1b2233; --owed: #b3261e;
  --owed-soft: #fcebe9; --soon: #8a5a00; --soon-soft: #fdf1d8; --radius: 12px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #11141b; --card: #191e28; --ink: #e8eaf0; --soft: #a0a8ba; --line: #2b3240; --stripe: #1d232e;
    --ai: #9db8f2; --ai-ink: #10182b; --ai-soft: #222d45; --plus: #7fd6a6; --minus: #e8eaf0; --owed: #ff9c92;
    --owed-soft: #3a2020; --soon: #f0c66a; --soon-soft: #38301b;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.6 system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
}
h1, h2, p, dl, dd { margin: 0; }
h1 { font-size: 1.35rem; line-height: 1.35; overflow-wrap: anywhere; }
h2 { font-size: 1rem; }
h2 .small { font-weight: 400; margin-left: 6px; }
a { color: var(--ai); }
.soft { color: var(--soft); }
.small { font-size: .8125rem; }
.sr {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.money, .num { font-variant-numeric: tabular-nums lining-nums; }

.bar { background: var(--card); border-bottom: 1px solid var(--line); }
.bar-in, main { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
.bar-in {
  display: flex; align-items: center; justify-content: space-between; gap: 8px 16px; min-height: 56px;
  flex-wrap: wrap; padding-block: 8px;
}
.brand { display: inline-flex; align-items: baseline; gap: 8px; text-decoration: none; color: var(--ai); }
.brand-ja { font-size: 1.375rem; font-weight: 700; letter-spacing: .12em; }
.brand-en { font-size: .875rem; color: var(--soft); letter-spacing: .04em; }
.bar-nav { display: flex; align-items: center; gap: 12px; flex-wrap: wrap; font-size: .875rem; }
.lang { display: inline-flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.lang button { border: 0; border-radius: 0; background: none; padding: 5px 10px; min-height: 32px; }
.lang button[aria-pressed="true"] { background: var(--ai); color: var(--ai-ink); }

main { padding-block: 24px 64px; }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); margin-bottom: 20px;
  overflow: hidden;
}
.narrow { max-width: 460px; margin: 8vh auto 0; padding: 28px; }
.narrow form { display: grid; gap: 10px; margin-top: 20px; }
.narrow label { font-weight: 600; font-size: .875rem; }
.head {
  display: flex; align-items: flex-end; justify-content: space-between; gap: 12px 24px; flex-wrap: wrap;
  margin-bottom: 20px;
}
.picker { display: flex; gap: 8px; flex: 0 1 440px; min-width: 0; max-width: 100%; }
.picker input { flex: 1 1 120px; width: 0; min-width: 0; }
.picker select { flex: 2 1 180px; width: 0; min-width: 0; text-overflow: ellipsis; }

input, select, button {
  font: inherit; font-size: .875rem; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: 7px 12px; min-height: 38px;
}
input[type="checkbox"] { min-height: 0; width: 16px; height: 16px; margin: 0; accent-color: var(--ai); }
button { cursor: pointer; }
button:hover:not(:disabled) { background: var(--ai-soft); }
button:disabled { opacity: .5; cursor: default; }
button.primary { background: var(--ai); color: var(--ai-ink); border-color: var(--ai); font-weight: 600; }
button.primary:hover:not(:disabled) { background: var(--ai); filter: brightness(1.12); }
button.quiet { border-color: transparent; color: var(--soft); padding-inline: 8px; }
button.wide {
  width: 100%; border: 0; border-top: 1px solid var(--line); border-radius: 0; min-height: 46px;
  color: var(--ai);
}
:focus-visible { outline: 3px solid var(--ai); outline-offset: 2px; }
.lang button:focus-visible, button.wide:focus-visible { outline-offset: -3px; }

.balance { display: flex; flex-wrap: wrap; align-items: stretch; }
.available { flex: 1 1 320px; padding: 22px 24px; background: var(--ai-soft); }
.available h2 { font-size: .875rem; color: var(--soft); font-weight: 600; }
.big {
  font-size: clamp(1.9rem, 1.2rem + 3vw, 2.75rem); font-weight: 700; line-height: 1.25;
  letter-spacing: -.01em; color: var(--ai); overflow-wrap: anywhere;
}
.big .unit { font-size: .5em; margin-left: .2em; font-weight: 600; }
.parts { flex: 2 1 420px; display: grid; grid-template-columns: repeat(3, 1fr); }
.parts div {
  padding: 22px 24px; border-left: 1px solid var(--line); display: flex; flex-direction: column;
  justify-content: center;
}
.parts dt { font-size: .8125rem; color: var(--soft); }
.parts dd { font-size: 1.25rem; font-weight: 600; text-align: right; overflow-wrap: anywhere; }
.parts .owed { background: var(--owed-soft); }
.parts .owed dd { color: var(--owed); }

.columns {
  display: grid; gap: 0 20px; grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr); align-items: start;
}
.card-head {
  display: flex; align-items: center; justify-content: space-between; flex-wrap: wrap; gap: 8px;
  padding: 14px 20px; border-bottom: 1px solid var(--line); min-height: 62px;
}
.tools { display: flex; gap: 6px; flex-wrap: wrap; }
.check {
  display: inline-flex; align-items: center; gap: 6px; font-size: .8125rem; color: var(--soft);
  cursor: pointer;
}
.body { overflow-x: auto; }
.body[aria-busy="true"] { min-height: 96px; opacity: .55; }
.note { padding: 14px 20px; color: var(--soft); }
.note.error { color: var(--owed); background: var(--owed-soft); border-radius: 8px; margin: 0 0 16px; }
.body .note.error { margin: 16px 20px; }
.note code { font-size: .8125rem; }

table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th, td { padding: 9px 10px; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 20px; }
th:last-child, td:last-child { padding-right: 20px; }
thead th {
  font-size: .75rem; font-weight: 600; color: var(--soft); white-space: nowrap;
  border-bottom: 1px solid var(--line);
}
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:nth-child(even) { background: var(--stripe); }
tbody th { font-weight: 500; }
tfoot th, tfoot td { border-top: 2px solid var(--line); font-weight: 700; }
tfoot .lesser th, tfoot .lesser td {
  border-top: 1px solid var(--line); font-weight: 400; color: var(--soft);
}
.right { text-align: right; white-space: nowrap; }
.plus { color: var(--plus); }
.minus { color: var(--minus); }
.item { font-weight: 600; }
.detail { display: block; font-size: .75rem; color: var(--soft); overflow-wrap: anywhere; }
.when { white-space: nowrap; color: var(--soft); }
.tag {
  display: inline-block; font-size: .6875rem; line-height: 1.5; padding: 1px 7px; border-radius: 99px;
  background: var(--ai-soft); color: var(--ai); white-space: nowrap;
}
.tag.soon { background: var(--soon-soft); color: var(--soon); }
td button { min-height: 30px; padding: 3px 10px; font-size: .75rem; }

@media (max-width: 940px) { .columns { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 620px) {
  .bar-in, main { padding-inline: 14px; }
  main { padding-block: 16px 40px; }
  .picker { flex: 1 1 100%; }
  .available { padding: 18px 16px; flex-basis: 100%; }
  .parts { grid-template-columns: 1fr; flex-basis: 100%; }
  .parts div {
    flex-direction: row; justify-content: space-between; align-items: baseline; gap: 12px;
    padding: 10px 16px; border-left: 0; border-top: 1px solid var(--line);
  }
  .parts dd { font-size: 1.0625rem; }
  .card-head { padding: 12px 14px; }
  th, td { padding: 8px 6px; }
  th:first-child, td:first-child { padding-left: 14px; }
  th:last-child, td:last-child { padding-right: 14px; }
  table { font-size: .8125rem; }
  .brand-en { display: none; }
  .bar-nav { gap: 6px; font-size: .8125rem; }
  .bar-nav button { font-size: .8125rem; padding-inline: 7px; }
  .when .century { display: none; }
  .when .clock { display: block; }
  .note { padding-inline: 14px; }
}
`;
