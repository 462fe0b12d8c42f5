// Light or dark: as the system has it, until the reader chooses. Paper is light.
import { flushSync } from "svelte";
import { innerWidth } from "svelte/reactivity/window";

const KEY = "talentgraph.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

class Theme {
  #chosen = $state(localStorage.getItem(KEY));
  #system = $state(system.matches);
  #printing = $state(false);

  constructor() {
    system.addEventListener("change", () => (this.#system = system.matches));
    // What is drawn on a canvas must be drawn anew before the page is printed.
    addEventListener("beforeprint", () => flushSync(() => this.#print(true)));
    addEventListener("afterprint", () => this.#print(false));
    this.#show();
  }

  get printing(): boolean {
    return this.#printing;
  }

  get dark(): boolean {
    if (this.#printing) return false;
    return this.#chosen ? this.#chosen === "dark" : this.#system;
  }

  toggle(): void {
    this.#chosen = this.dark ? "light" : "dark";
    localStorage.setItem(KEY, this.#chosen);
    this.#show();
  }

  #print(begins: boolean): void {
    this.#printing = begins;
    this.#show();
  }

  #show(): void {
    const shown = this.#printing ? "light" : this.#chosen;
    if (shown) document.documentElement.dataset.theme = shown;
    else delete document.documentElement.dataset.theme;
  }
}

export const theme = new Theme();

const probe = document.createElement("i"); // a colour is told by what it gives an element
// Each costs the browser a look at the styles of the whole page, and so do typeface and size below: they are kept.
const colours = new Map<string, string>();

/** One of the page's colours as it is now, for what is drawn on a canvas. */
export function token(name: string): string {
  const key = `${name} ${theme.dark}`; // a drawing is made again when the theme changes
  const known = colours.get(key);
  if (known !== undefined) return known;
  document.documentElement.append(probe);
  probe.style.color = `var(--${name})`;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  colours.set(key, colour);
  return colour;
}

let typeface: string | undefined;

/** The page's typeface. */
export function font(): string {
  return (typeface ??= getComputedStyle(document.documentElement).getPropertyValue("--font").trim());
}

const sizes = new Map<number | undefined, number>();

/** The size of small letters in pixels, which is larger in a very wide window. */
export function letters(): number {
  const width = innerWidth.current;
  const size = sizes.get(width) ?? Math.round(0.85 * parseFloat(getComputedStyle(document.documentElement).fontSize));
  sizes.set(width, size);
  return size;
}

/** Room in pixels for names beside a drawing: less of it on a telephone. */
export function beside(most: number): number {
  return Math.min((most * letters()) / 12, (innerWidth.current ?? 1400) * 0.19);
}
