// Each call to the server, by name. What it refuses becomes an ApiError with the server's own sentence.
import type {
  Corpus, Events, Expectations, ExplainWish, Explanation, ExportWish, Fit, Histogram, MelodiesWish, Melody, Net, Pair, Ratings, Rule, RunDetail,
  RunSummary, RunWish, SettingGroup, Source, Studio,
} from "./types";
import { texts } from "./texts";

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, texts.noServer);
  }
  if (!response.ok) {
    const body = await response.json().catch(() => null) as { error?: string } | null;
    throw new ApiError(response.status, body?.error ?? texts.refused(response.status));
  }
  return response;
}

async function get<T>(path: string, query: Record<string, string | undefined> = {}, signal?: AbortSignal): Promise<T> {
  const words = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
  return await (await request(words ? `${path}?${words}` : path, { signal })).json() as T;
}

async function send<T>(method: "POST" | "PUT", path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await request(path, { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, signal });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function remove(path: string): Promise<void> {
  await request(path, { method: "DELETE" });
}

const run = (id: string): string => `api/runs/${encodeURIComponent(id)}`;

export const api = {
  studio: () => get<Studio>("api/studio"),
  threads: (threads: number) => send<void>("PUT", "api/studio/threads", { threads }),
  settings: (preset?: string, algorithm?: string) => get<{ groups: SettingGroup[] }>("api/settings", { preset, algorithm }).then(answer => answer.groups),
  nets: () => get<{ nets: Net[] }>("api/nets").then(answer => answer.nets),
  removeNet: (id: string) => remove(`api/nets/${encodeURIComponent(id)}`),
  removeCorpus: (id: string) => remove(`api/corpora/${encodeURIComponent(id)}`),
  corpora: () => get<{ corpora: Corpus[] }>("api/corpora").then(answer => answer.corpora),
  train: (corpus: string, title?: string, settings?: Record<string, string>) => send<RunSummary>("POST", "api/trainings", { corpus, title, settings }),

  runs: () => get<{ runs: RunSummary[] }>("api/runs").then(answer => answer.runs),
  run: (id: string, signal?: AbortSignal) => get<RunDetail>(run(id), {}, signal),
  tune: (wish: RunWish) => send<RunSummary>("POST", "api/runs", wish),
  pause: (id: string) => send<RunSummary>("POST", `${run(id)}/pause`, {}),
  resume: (id: string) => send<RunSummary>("POST", `${run(id)}/resume`, {}),
  goOn: (id: string, steps: number) => send<RunSummary>("POST", `${run(id)}/continue`, { steps }),
  remove: (id: string) => remove(run(id)),
  reportAddress: (id: string, download = false): string => `${run(id)}/report.html${download ? "?download=1" : ""}`,
  compareAddress: (ids: string[], download = false): string => `api/compare.html?runs=${ids.map(encodeURIComponent).join(",")}${download ? "&download=1" : ""}`,

  rules: (set: string, key: string, timeSignature: string) => get<{ rules: Rule[] }>("api/rules", { set, key, timeSignature }).then(answer => answer.rules),
  melodies: (wish: MelodiesWish, signal?: AbortSignal) => send<{ melodies: Melody[] }>("POST", "api/melodies", wish, signal).then(answer => answer.melodies),
  explain: (wish: ExplainWish, signal?: AbortSignal) => send<Explanation>("POST", "api/explain", wish, signal),
  expectations: (source: Source, melody: Pick<Melody, "events" | "key" | "timeSignature">, signal?: AbortSignal) =>
    send<Expectations>("POST", "api/expectations", { source, events: melody.events, key: melody.key, timeSignature: melody.timeSignature }, signal),
  histograms: (source: Source, count?: number, signal?: AbortSignal) =>
    send<{ histograms: Histogram[] }>("POST", "api/histograms", { source, count }, signal).then(answer => answer.histograms),
  recompose: (wish: { events: Events; keep: boolean[]; source: Source; seed: number; key: string; timeSignature: string }) =>
    send<{ melody: Melody; tries: number; accepted: number; word: string | null }>("POST", "api/recompose", wish),
  continue: (wish: { events: Events; bars: number; source: Source; seed: number; key: string; timeSignature: string }) =>
    send<{ melody: Melody }>("POST", "api/continue", wish).then(answer => answer.melody),
  export: async (wish: ExportWish): Promise<{ content: Blob; name: string }> => {
    const response = await request("api/export", { method: "POST", body: JSON.stringify(wish), headers: { "Content-Type": "application/json" } });
    const said = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "");
    return { content: await response.blob(), name: said?.[1] ?? `melody.${wish.format}` };
  },

  pair: (a: Source | "tune", b: Source | "tune", about: { length?: number; key?: string; timeSignature?: string } = {}) =>
    send<Pair>("POST", "api/pairs", { a, b, ...about }),
  rate: (id: string, choice: "first" | "second" | "same") =>
    send<{ first: string; second: string; rated: number }>("POST", `api/pairs/${encodeURIComponent(id)}`, { choice }),
  ratings: () => get<Ratings>("api/ratings"),
  fit: (wish: { ruleSet?: string; rules?: Record<string, number> } = {}) => send<Fit>("POST", "api/ratings/fit", wish),
};
