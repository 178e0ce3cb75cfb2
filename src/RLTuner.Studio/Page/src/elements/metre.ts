/** Sixteenths in a bar of a metre such as 6/8. */
export function stepsPerBar(timeSignature: string): number {
  const [beats = 4, unit = 4] = timeSignature.split("/").map(Number);
  return Math.max(1, Math.round((beats * 16) / unit));
}
