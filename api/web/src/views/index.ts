// The views, one file each; all but the first are loaded when they are opened.
import type { Component } from "svelte";
import type { Word } from "../words/en";
import Overview from "./Overview.svelte";

export interface View {
  path: string;
  word: Word;
  /** Whether the filters narrow it; true where it is not said. */
  filtered?: boolean;
  load: () => Promise<{ default: Component }>;
}

export const VIEWS: readonly View[] = [
  { path: "/", word: "nav.overview", load: () => Promise.resolve({ default: Overview }) },
  { path: "/graph", word: "nav.graph", load: () => import("./Graph.svelte") },
  { path: "/console", word: "nav.console", load: () => import("./Console.svelte") },
  { path: "/ingest", word: "nav.ingest", filtered: false, load: () => import("./Ingest.svelte") },
];
