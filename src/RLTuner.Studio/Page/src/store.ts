import type { ReactiveController, ReactiveControllerHost } from "lit";
import { api } from "./api";
import { listen } from "./events";
import { runsAfter, type StudioEvent } from "./stream";
import type { Corpus, Net, RunSummary, Studio } from "./types";

/** What every part of the page may want to know; changed here only, by what the server says. */
class Store {
  runs: RunSummary[] = [];
  nets: Net[] = [];
  corpora: Corpus[] = [];
  studio: Studio | null = null;
  /** Whether the server is heard; true until it is known not to be. */
  connected = true;
  /** Whether the list of runs has been heard once. */
  known = false;

  private readonly listeners = new Set<(event: StudioEvent | null) => void>();

  /** Begins to listen; once, when the page opens. */
  open(): void {
    listen(event => this.hear(event));
    void this.load();
  }

  run(id: string | null | undefined): RunSummary | undefined {
    return this.runs.find(run => run.id === id);
  }

  /** Calls the listener at each change; with null where the change was no event (nets, corpora, the studio). What it gives back ends that. */
  subscribe(listener: (event: StudioEvent | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Fulfilled when runs and nets have been heard once. */
  ready(): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        if (!this.known || this.nets.length === 0) return;
        end();
        resolve();
      };
      const end = this.subscribe(look);
      look();
    });
  }

  /** Takes in a run that an answer just told, before the stream says so. */
  put(run: RunSummary): void {
    this.hear({ kind: "run", data: run });
  }

  /** Forgets a run that was just removed, before the stream says so. */
  drop(id: string): void {
    this.hear({ kind: "gone", data: { id } });
  }

  async loadNets(): Promise<void> {
    this.nets = await api.nets();
    this.tell(null);
  }

  async loadCorpora(): Promise<void> {
    this.corpora = await api.corpora();
    this.tell(null);
  }

  private async load(): Promise<void> {
    const [studio, nets, corpora] = await Promise.allSettled([api.studio(), api.nets(), api.corpora()]);
    if (studio.status === "fulfilled") this.studio = studio.value;
    if (nets.status === "fulfilled") this.nets = nets.value;
    if (corpora.status === "fulfilled") this.corpora = corpora.value;
    this.tell(null);
  }

  private hear(event: StudioEvent): void {
    if (event.kind === "connected") {
      if (event.data && !this.studio) void this.load();
      this.connected = event.data;
    }
    // A run that is done has made a net.
    if (event.kind === "run" && event.data.status === "done" && this.run(event.data.id)?.status !== "done") void this.loadNets();
    this.runs = runsAfter(this.runs, event);
    this.known ||= event.kind === "runs";
    this.tell(event);
  }

  private tell(event: StudioEvent | null): void {
    for (const listener of this.listeners) listener(event);
  }
}

export const store = new Store();

/** Renders its element anew whenever the store changes: `readonly store = new Watching(this)`. */
export class Watching implements ReactiveController {
  private end: (() => void) | null = null;

  constructor(private readonly host: ReactiveControllerHost, private readonly heard?: (event: StudioEvent | null) => void) {
    host.addController(this);
  }

  hostConnected(): void {
    this.end = store.subscribe(event => {
      this.heard?.(event);
      if (event?.kind !== "window") this.host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.end?.();
  }
}
