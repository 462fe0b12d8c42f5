// The runs and the quarantine as they are now: asked anew every second while something is at work, else seldom.
import { get, problemOf, type Problem, type Row } from "../rest";

interface Listed {
  items: Row[];
  total: number;
}
const SHOWN = 10;
const BUSY_MS = 1000;
const IDLE_MS = 10_000;

export function isActive(run: Row): boolean {
  return run.status === "queued" || run.status === "running";
}

export class Jobs {
  runs = $state.raw<Listed | null>(null);
  quarantine = $state.raw<Listed | null>(null);
  problem = $state.raw<Problem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = false;

  constructor() {
    $effect(() => {
      void this.look();
      return () => {
        this.#left = true;
        clearTimeout(this.#timer);
      };
    });
  }

  /** Ask now, and again later. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.runs = await get<Listed>(`/v1/runs?limit=${SHOWN}`);
      this.quarantine = await get<Listed>("/v1/quarantine?limit=100");
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
    }
    if (this.#left) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), this.runs?.items.some(isActive) ? BUSY_MS : IDLE_MS);
  }
}
