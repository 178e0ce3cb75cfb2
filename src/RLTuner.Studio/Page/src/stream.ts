import type { RunSummary, Window } from "./types";

/** What the server tells by itself, and whether it can be heard at all. */
export type StudioEvent =
  | { kind: "connected"; data: boolean }
  | { kind: "runs"; data: { runs: RunSummary[] } }
  | { kind: "run"; data: RunSummary }
  | { kind: "window"; data: { id: string; window: Window } }
  | { kind: "gone"; data: { id: string } };

const eventKinds = ["runs", "run", "window", "gone"] as const;

/** The list of runs after an event. */
export function runsAfter(runs: RunSummary[], event: StudioEvent): RunSummary[] {
  switch (event.kind) {
    case "runs":
      return event.data.runs;
    case "run":
      return runs.some(run => run.id === event.data.id) ? runs.map(run => run.id === event.data.id ? event.data : run) : [event.data, ...runs];
    case "gone":
      return runs.filter(run => run.id !== event.data.id);
    default:
      return runs;
  }
}

/** Hears the server's events. Where the browser gives up, after an answer that is no stream, it is asked again. */
export function hear(address: URL | string, tell: (event: StudioEvent) => void): void {
  const source = new EventSource(address);
  for (const kind of eventKinds) {
    source.addEventListener(kind, message => tell({ kind, data: JSON.parse((message as MessageEvent<string>).data) } as StudioEvent));
  }
  source.addEventListener("open", () => tell({ kind: "connected", data: true }));
  source.addEventListener("error", () => {
    tell({ kind: "connected", data: false });
    if (source.readyState === EventSource.CLOSED) setTimeout(() => hear(address, tell), 3000);
  });
}
