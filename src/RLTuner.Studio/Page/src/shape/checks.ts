import type { Setting } from "../types";

/** What is wrong with a setting's text, in the words of the library; nothing where it is right or left open. */
export function complaint(setting: Setting, text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || isRight(setting, trimmed)) {
    return "";
  }
  const hint = trimmed.includes(",") ? " (write a point for the decimals, and no commas)" : "";
  return `${setting.name}: expected ${rangeOf(setting)}, found '${trimmed}'${hint}`;
}

function isRight(setting: Setting, text: string): boolean {
  switch (setting.kind) {
    case "switch":
      return text === "on" || text === "off";
    case "word":
      return setting.words.includes(text);
    case "whole":
      // A seed has more digits than a number of the page holds.
      return /^[+-]?\d+$/.test(text) && isWithin(setting, Number(text));
    default:
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) && isWithin(setting, Number(text));
  }
}

const isWithin = (setting: Setting, value: number) =>
  (setting.min === null || (setting.minIsOutside ? value > setting.min : value >= setting.min)) && (setting.max === null || value <= setting.max);

function rangeOf(setting: Setting): string {
  return setting.range
    ?? (setting.kind === "switch" ? "on or off"
      : setting.kind === "word" ? `one of ${setting.words.join(", ")}`
      : `${setting.kind === "whole" ? "a whole number" : "a number"} from ${setting.min} to ${setting.max}`);
}
