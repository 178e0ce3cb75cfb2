import { hear, type StudioEvent } from "./stream";

/** Listens to the server: through the worker that all pages share, or by itself where there are no shared workers. */
export function listen(tell: (event: StudioEvent) => void): void {
  if (typeof SharedWorker === "undefined") {
    hear("api/events", tell);
    return;
  }

  const worker = new SharedWorker(new URL("./events-worker.ts", import.meta.url), { type: "module", name: "studio-events" });
  worker.port.addEventListener("message", (message: MessageEvent<StudioEvent>) => tell(message.data));
  worker.port.start();
  // A page that a browser keeps for its "back" button goes on listening.
  addEventListener("pagehide", event => {
    if (!event.persisted) worker.port.postMessage("bye");
  });
}
