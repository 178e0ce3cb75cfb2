// One stream of events for all open pages: a browser allows six connections a host, and ten pages may be open.
import { hear, runsAfter, type StudioEvent } from "./stream";
import type { RunSummary } from "./types";

const ports = new Set<MessagePort>();
let runs: RunSummary[] | null = null;
let connected = true;

function tell(event: StudioEvent): void {
  if (event.kind === "connected") connected = event.data;
  if (event.kind === "runs" || runs) runs = runsAfter(runs ?? [], event);
  for (const port of ports) port.postMessage(event);
}

hear(new URL("../api/events", location.href), tell);

addEventListener("connect", event => {
  const port = (event as MessageEvent).ports[0]!;
  ports.add(port);
  // All that a page ever says is that it goes.
  port.addEventListener("message", () => ports.delete(port));
  port.start();
  port.postMessage({ kind: "connected", data: connected } satisfies StudioEvent);
  // Who comes later hears first how things stand.
  if (runs) port.postMessage({ kind: "runs", data: { runs } } satisfies StudioEvent);
});
