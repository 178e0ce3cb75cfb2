// Colours for a canvas, which knows no custom properties: a token's value as the browser computes it for an element.
const probe = document.createElement("span");
const listeners = new Set<() => void>();

/** The colour of a token such as `--curve-1`, in light or dark as it is now. */
export function colourOf(host: LitHost, token: string): string {
  let known = cache.get(token);
  if (!known) {
    probe.style.color = `var(${token})`;
    host.renderRoot.appendChild(probe);
    known = getComputedStyle(probe).color;
    probe.remove();
    cache.set(token, known);
  }
  return known;
}

interface LitHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

const cache = new Map<string, string>();

/** Calls the listener when light becomes dark or dark light. What it gives back ends that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  cache.clear();
  for (const listener of listeners) listener();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
new MutationObserver(changed).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
