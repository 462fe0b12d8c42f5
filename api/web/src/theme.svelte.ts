// Light or dark: as the system has it, until the reader chooses.
const KEY = "talentgraph.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

class Theme {
  #chosen = $state(localStorage.getItem(KEY));
  #system = $state(system.matches);

  constructor() {
    system.addEventListener("change", () => (this.#system = system.matches));
    this.#show();
  }

  get dark(): boolean {
    return this.#chosen ? this.#chosen === "dark" : this.#system;
  }

  toggle(): void {
    this.#chosen = this.dark ? "light" : "dark";
    localStorage.setItem(KEY, this.#chosen);
    this.#show();
  }

  #show(): void {
    if (this.#chosen) document.documentElement.dataset.theme = this.#chosen;
  }
}

export const theme = new Theme();

const probe = document.createElement("i"); // a colour is told by what it gives an element

/** One of the page's colours as it is now, for what is drawn on a canvas. */
export function token(name: string): string {
  void theme.dark; // a drawing is made again when the theme changes
  document.documentElement.append(probe);
  probe.style.color = `var(--${name})`;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** The page's typeface. */
export function font(): string {
  return getComputedStyle(document.documentElement).getPropertyValue("--font").trim();
}
