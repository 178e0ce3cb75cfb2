// abcjs without its sound: only what draws. This file is loaded when the first staff is shown.
import renderAbc from "abcjs/src/api/abc_tunebook_svg";
import Svg from "abcjs/src/write/svg";
import type { Melody } from "../types";

// What stays of abcjs's own styles is for dragging notes, and for a drawing that measures text unseen; as text in the page, which the security policy
// refuses. The first is not needed, the second is set as properties.
Svg.prototype.insertStyles = () => undefined;
Svg.prototype.createDummySvg = function () {
  if (!this.dummySvg) {
    const unseen = this.dummySvg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    Object.assign(unseen.style, { position: "absolute", inlineSize: "1px", blockSize: "1px" });
    document.body.append(unseen);
  }
  return this.dummySvg;
};

/** Draws a melody into an element of this width. Gives where each note and rest stands in the drawing, and by how much the drawing was scaled. */
export function engrave(paper: HTMLElement, melody: Melody, width: number): { places: { step: number; left: number; top: number; height: number }[]; scale: number } {
  const scale = width < 480 ? 0.75 : width < 900 ? 0.85 : 1;
  const [tune] = renderAbc(paper, inLines(melody, width / scale), {
    staffwidth: width - 8, scale, paddingtop: 4, paddingbottom: 4, paddingleft: 2, paddingright: 2, selectTypes: false, foregroundColor: "currentColor",
  });
  // The element around it has a name of its own.
  paper.querySelector("svg")?.setAttribute("aria-hidden", "true");
  const events = tune?.setTiming(60) ?? [];
  const places = events.filter(event => event.type === "event" && event.left !== undefined)
    // At sixty quarters a minute a sixteenth lasts 250 milliseconds.
    .map(event => ({ step: Math.round(event.milliseconds / 250), left: event.left ?? 0, top: event.top ?? 0, height: event.height ?? 0 }));
  return { places, scale };
}

/** The melody's ABC with as many bars a line as have room; without its title and tempo, which stand beside the staff already. */
function inLines(melody: Melody, width: number): string {
  const lines = melody.abc.split("\n"), isField = (line: string): boolean => /^([A-Za-z]:|%)/.test(line);
  const bars = lines.filter(line => !isField(line)).join(" ").split("|").map(bar => bar.trim()).filter(bar => bar !== "" && bar !== "]");
  const room = 40 + 26 * Math.max(4, melody.notes.length / Math.max(1, bars.length));
  const most = Math.max(1, Math.floor((width - 60) / room)), count = Math.ceil(bars.length / most), each = Math.ceil(bars.length / count);
  const music = Array.from({ length: count }, (_, line) => bars.slice(line * each, line * each + each).join(" | ")).join(" |\n");
  return [...lines.filter(line => isField(line) && !/^[TQC]:/.test(line)), `${music} |]`].join("\n");
}
