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
  // Title and tempo stand beside the staff already.
  const abc = melody.abc.split("\n").filter(line => !/^[TQC]:/.test(line)).join("\n");
  const scale = width < 480 ? 0.72 : 0.85;
  const [tune] = renderAbc(paper, abc, {
    staffwidth: Math.max(200, width / scale - 4), scale, paddingtop: 4, paddingbottom: 4, paddingleft: 0, paddingright: 2, add_classes: true, selectTypes: false,
    wrap: { minSpacing: 1.4, maxSpacing: 2.6, preferredMeasuresPerLine: width < 480 ? 2 : 4 }, foregroundColor: "currentColor", ariaLabel: "",
  });
  const events = tune?.setTiming(60) ?? [];
  const places = events.filter(event => event.type === "event" && event.left !== undefined)
    // At sixty quarters a minute a sixteenth lasts 250 milliseconds.
    .map(event => ({ step: Math.round(event.milliseconds / 250), left: event.left ?? 0, top: event.top ?? 0, height: event.height ?? 0 }));
  return { places, scale };
}
