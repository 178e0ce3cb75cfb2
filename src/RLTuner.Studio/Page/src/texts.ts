// Every word that people read, in one place; numbers and times are written as the browser's locale does.

const locale = navigator.languages as string[];
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: "exceptZero" });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const seconds = new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "long", maximumFractionDigits: 0 });
const minutes = new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "long", maximumFractionDigits: 0 });
const hours = new Intl.NumberFormat(locale, { style: "unit", unit: "hour", unitDisplay: "long", maximumFractionDigits: 1 });

export const say = {
  whole: (value: number): string => whole.format(value),
  number: (value: number | null | undefined): string => value == null ? "–" : short.format(value),
  signed: (value: number | null | undefined): string => value == null ? "–" : signed.format(value),
  percent: (value: number | null | undefined): string => value == null ? "–" : percent.format(value),
  moment: (iso: string): string => moment.format(new Date(iso)),
  duration: (value: number): string => value < 90 ? seconds.format(value) : value < 5400 ? minutes.format(value / 60) : hours.format(value / 3600),
};

export const texts = {
  title: "RLTuner studio",
  tabs: { listen: "Listen", shape: "Shape", watch: "Watch", rate: "Rate", compare: "Compare" },
  sections: "Sections of the studio",
  skip: "Skip to the content",
  theme: { system: "Colours follow the system", light: "Light colours", dark: "Dark colours" },
  noServer: "The studio's server does not answer. Is the command still running?",
  refused: (status: number): string => `The server refused this (${status}).`,
  lost: "The server is not heard. What is shown may be old; the page looks for it again by itself.",
  status: { waiting: "waiting", running: "running", pausing: "pausing", paused: "paused", done: "done", failed: "failed" },
  progress: (title: string, share: number): string => `${title}: ${say.percent(share)}`,
  timeLeft: (value: number): string => `${say.duration(value)} left`,
};
