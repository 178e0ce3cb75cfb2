// The look that all elements share. An element's styles are `[base, css`…`]`.
import { css } from "lit";

export const base = css`
  :host { display: block; }
  :host([hidden]), [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }

  h1, h2, h3, p, figure, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; border: 0; }
  h2 { font-size: var(--size-4); font-weight: 650; letter-spacing: -0.015em; line-height: 1.2; text-wrap: balance; }
  h3 { font-size: var(--size-2); font-weight: 620; letter-spacing: -0.005em; line-height: 1.3; }
  p { text-wrap: pretty; }
  a { color: var(--accent); text-underline-offset: 0.2em; }
  .quiet { color: var(--quiet); }
  .small { font-size: var(--size-0); }
  .number { font-variant-numeric: tabular-nums; }
  .hidden-label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); }
  .card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round-3); padding: var(--space-4); }
  .error { color: var(--bad); }

  button, .button {
    font: inherit; font-weight: 550; color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: 999px;
    min-block-size: 2.5rem; padding: 0.35rem 1.05rem; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; gap: 0.5em;
    text-decoration: none; white-space: nowrap; transition: background 120ms, border-color 120ms;
  }
  button:hover:not(:disabled), .button:hover { background: var(--hover); border-color: var(--quiet); }
  button:disabled { color: var(--faint); border-color: var(--line); cursor: default; }
  button.main { color: var(--on-accent); background: var(--accent); border-color: transparent; }
  button.main:hover:not(:disabled) { background: var(--accent-strong); }
  button.main:disabled { background: var(--line-strong); color: var(--quiet); }
  button.plain { background: none; border-color: transparent; padding-inline: 0.6rem; }
  button.plain:hover:not(:disabled) { background: var(--hover); }
  button[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent-ink); }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }

  input, select, textarea { font: inherit; color: var(--ink); }
  select, input:not([type="range"], [type="checkbox"], [type="radio"]), textarea {
    background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--round-1); min-block-size: 2.5rem; padding: 0.3rem 0.6rem; max-inline-size: 100%;
  }
  input[type="range"], input[type="checkbox"], input[type="radio"] { accent-color: var(--accent); }
  label { color: var(--quiet); font-size: var(--size-0); }
  label :is(input, select, textarea) { font-size: var(--size-1); }

  progress { appearance: none; block-size: 6px; border: 0; border-radius: 99px; background: var(--line); overflow: hidden; }
  progress::-webkit-progress-bar { background: var(--line); }
  progress::-webkit-progress-value { background: var(--accent); border-radius: 99px; }
  progress::-moz-progress-bar { background: var(--accent); border-radius: 99px; }

  @media print { button, .button, select, input[type="range"] { display: none; } .card { break-inside: avoid; } }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; }
  }
`;
