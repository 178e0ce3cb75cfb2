// Small signs beside words; never alone without a label.
import { svg, html, type TemplateResult } from "lit";

const icon = (content: TemplateResult, filled = false): TemplateResult => html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"
  fill=${filled ? "currentColor" : "none"} stroke=${filled ? "none" : "currentColor"} stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`;

export const icons = {
  play: icon(svg`<path d="M6.500 3.900c0-.9 1-1.400 1.700-.9l8 5.900c.6.500.6 1.400 0 1.900l-8 5.900c-.7.500-1.700 0-1.700-.9z" transform="translate(-1 0.150)"/>`, true),
  stop: icon(svg`<rect x="4.500" y="4.500" width="11" height="11" rx="2.200"/>`, true),
  loop: icon(svg`<path d="M4 9V8a3 3 0 0 1 3-3h8m0 0-2.500-2.500M15 5l-2.500 2.500M16 11v1a3 3 0 0 1-3 3H5m0 0 2.500 2.500M5 15l2.500-2.500"/>`),
  undo: icon(svg`<path d="M7.500 4 4 7.500 7.500 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H8"/>`),
  redo: icon(svg`<path d="M12.500 4 16 7.500 12.500 11M16 7.500H8.500a4.500 4.500 0 0 0 0 9H12"/>`),
  down: icon(svg`<path d="M10 3v9m0 0 3.500-3.500M10 12 6.500 8.500M4 16.500h12"/>`),
  again: icon(svg`<path d="M16 10a6 6 0 1 1-1.800-4.300M16 3v3.200h-3.200"/>`),
  pencil: icon(svg`<path d="m4 16 .8-3.400L13.300 4a1.700 1.700 0 0 1 2.500 2.500L7.300 15.200z"/>`),
  copy: icon(svg`<rect x="7" y="7" width="9.500" height="9.500" rx="2"/><path d="M13 4.500A2 2 0 0 0 11.500 3.500h-6a2 2 0 0 0-2 2v6A2 2 0 0 0 4.500 13"/>`),
  lock: icon(svg`<rect x="4.500" y="9" width="11" height="8" rx="2"/><path d="M7 9V6.500a3 3 0 0 1 6 0V9"/>`),
  spark: icon(svg`<path d="M10 3v4m0 6v4M3 10h4m6 0h4M5.300 5.300l2 2m5.400 5.400 2 2m0-9.400-2 2m-5.400 5.400-2 2"/>`),
  staff: icon(svg`<path d="M2.500 5h15M2.500 10h15M2.500 15h15"/><ellipse cx="8" cy="12.500" rx="2.200" ry="1.700" fill="currentColor"/><path d="M10.200 12.300V4"/>`),
  light: icon(svg`<circle cx="10" cy="10" r="3.300"/><path d="M10 2.500v1.700m0 11.600v1.700M2.500 10h1.700m11.600 0h1.700M4.700 4.700l1.200 1.200m8.200 8.200 1.200 1.200m0-10.600-1.200 1.200m-8.200 8.200-1.200 1.200"/>`),
  dark: icon(svg`<path d="M16 11.800A6.500 6.500 0 0 1 8.200 4 6.500 6.500 0 1 0 16 11.800z"/>`),
  system: icon(svg`<circle cx="10" cy="10" r="6.500"/><path d="M10 3.500v13a6.500 6.500 0 0 0 0-13z" fill="currentColor"/>`),
};
