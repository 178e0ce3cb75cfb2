import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { base } from "./elements/base";
import { icons } from "./elements/icons";
import { store, Watching } from "./store";
import { say, texts } from "./texts";
import { setTheme, theme, themes } from "./theme";
import "./listen/listen";
import "./shape/drop";

/** Each section by its name in the address (`#watch`, or with a run `#watch/bold-fox`); all but the first are loaded when they are opened. */
const sections = {
  listen: { load: () => Promise.resolve(), show: (about: string) => html`<studio-listen .about=${about}></studio-listen>` },
  work: { load: () => import("./work/work"), show: () => html`<studio-work></studio-work>` },
  shape: { load: () => import("./shape/shape"), show: (about: string) => html`<studio-shape .about=${about}></studio-shape>` },
  watch: { load: () => import("./watch/watch"), show: (about: string) => html`<studio-watch .about=${about}></studio-watch>` },
  rate: { load: () => import("./rate/rate"), show: (about: string) => html`<studio-rate .about=${about}></studio-rate>` },
  compare: { load: () => import("./compare/compare"), show: (about: string) => html`<studio-compare .about=${about}></studio-compare>` },
} satisfies Record<string, { load: () => Promise<unknown>; show: (about: string) => TemplateResult }>;

type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

function place(): { section: Section; about: string } {
  const [first = "", ...rest] = location.hash.slice(1).split("/");
  return { section: names.find(name => name === first) ?? "listen", about: decodeURIComponent(rest.join("/")) };
}

/** The frame of the page: its title, its sections, and what is being tuned just now. */
@customElement("studio-app")
export class StudioApp extends LitElement {
  static override styles = [base, css`
    :host { min-block-size: 100vh; }
    header {
      display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4);
      padding: var(--space-3) clamp(1rem, 4vw, 3rem); max-inline-size: 84rem; margin-inline: auto;
    }
    h1 { font-size: var(--size-2); font-weight: 700; letter-spacing: -0.02em; display: flex; align-items: center; gap: 0.55em; }
    h1 img { inline-size: 1.75rem; block-size: 1.75rem; }
    nav { display: flex; gap: 0.125rem; overflow-x: auto; scrollbar-width: none; margin-inline: -0.5rem; padding: 4px; }
    nav a { color: var(--quiet); text-decoration: none; font-weight: 550; padding: 0.4rem 0.8rem; border-radius: 999px; }
    nav a:hover { background: var(--hover); color: var(--ink); }
    nav a[aria-current] { color: var(--accent-ink); background: var(--accent-soft); }
    .space { flex: 1; }
    .progress { color: var(--quiet); font-size: var(--size-0); text-decoration: none; display: flex; align-items: center; gap: 0.6em; }
    progress { inline-size: 6rem; }
    main { padding: var(--space-3) clamp(1rem, 4vw, 3rem) var(--space-6); max-inline-size: 84rem; margin-inline: auto; outline: none; }
    .lost { background: var(--warm-soft); color: var(--ink); padding: 0.6rem clamp(1rem, 4vw, 3rem); text-align: center; }
    .skip { position: absolute; inset-block-start: -4rem; inset-inline-start: 1rem; background: var(--raised); padding: 0.5rem 1rem; z-index: 9; }
    .skip:focus { inset-block-start: 0.5rem; }
    @media (max-width: 40rem) {
      nav { order: 9; inline-size: 100%; justify-content: space-between; }
      nav a { padding: 0.35rem 0.5rem; font-size: 0.875rem; }
    }
    @media (max-width: 24rem) {
      nav { gap: 0; }
      nav a { padding: 0.35rem 0.4rem; font-size: 0.8125rem; }
      progress { inline-size: 2.5rem; }
      header { column-gap: var(--space-2); }
    }
    @media print { header, .lost, .skip { display: none; } }
  `];

  @state() private section: Section = place().section;
  @state() private about = place().about;
  @state() private ready: Section | null = "listen";

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.go);
    void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.go);
  }

  private readonly go = (): void => {
    ({ section: this.section, about: this.about } = place());
    void this.open();
  };

  private async open(): Promise<void> {
    const { section } = this;
    await sections[section].load();
    this.ready = section;
  }

  private readonly toContent = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector("main")?.focus();
  };

  protected override render(): unknown {
    document.title = this.section === "listen" ? texts.title : `${texts.tabs[this.section]} · ${texts.title}`;
    return html`
      <a class="skip" href="#" @click=${this.toContent}>${texts.skip}</a>
      ${store.connected ? nothing : html`<p class="lost" role="status">${texts.lost}</p>`}
      <header>
        <h1><img src="./icon.svg" alt="" />${texts.title}</h1>
        <nav aria-label=${texts.sections}>
          ${names.map(name => html`<a href="#${name}" aria-current=${name === this.section ? "page" : nothing}>${texts.tabs[name]}</a>`)}
        </nav>
        <span class="space"></span>
        ${this.progress()}
        ${this.themeSwitch()}
      </header>
      <main tabindex="-1">${this.ready === this.section ? sections[this.section].show(this.about) : nothing}</main>
      <studio-drop></studio-drop>
    `;
  }

  private progress(): unknown {
    const run = store.runs.find(one => one.status === "running");
    if (!run) return nothing;
    const share = run.steps ? run.step / run.steps : 0;
    return html`
      <a class="progress" href="#watch/${run.id}">
        <progress max="1" .value=${share} aria-label=${texts.progress(run.title, share)}></progress>
        <span class="number">${say.percent(share)}</span>
      </a>`;
  }

  private themeSwitch(): unknown {
    const now = theme();
    const turn = (): void => {
      setTheme(themes[(themes.indexOf(now) + 1) % themes.length]!);
      this.requestUpdate();
    };
    return html`<button class="plain" @click=${turn} title=${texts.theme[now]} aria-label=${texts.theme[now]}>
      ${icons[now]}</button>`;
  }
}
