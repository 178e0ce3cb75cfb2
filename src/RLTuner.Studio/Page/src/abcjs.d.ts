declare module "abcjs/src/api/abc_tunebook_svg" {
  /** What stands at a moment of a tune. */
  interface TimedEvent {
    type: string;
    milliseconds: number;
    left?: number;
    top?: number;
    height?: number;
  }
  export interface Tune {
    setTiming(quartersPerMinute: number): TimedEvent[];
  }
  export default function renderAbc(output: HTMLElement, abc: string, parameters: Record<string, unknown>): Tune[];
}

declare module "abcjs/src/write/svg" {
  const Svg: { prototype: { dummySvg: SVGSVGElement | null; insertStyles(styles: string): void; createDummySvg(): SVGSVGElement } };
  export default Svg;
}
