// One query at a time: what was asked, whether it runs, and what came of it.
import { post, Problem, remove } from "../rest";
import type { Answer, Position } from "./answer";

export interface Wish {
  query: string;
  parameters: Record<string, unknown>;
  limit: number;
  plan: boolean;
  names: boolean;
}

export class Inquiry {
  asked = $state.raw<Wish | null>(null);
  answer = $state.raw<Answer | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #id = "";

  get reason(): string | null {
    const reason = this.problem?.members.reason;
    return typeof reason === "string" ? reason : null;
  }

  /** Where in the query the refusal lies, or null. */
  get position(): Position | null {
    return (this.problem?.members.position as Position | null | undefined) ?? null;
  }

  /** Run a query; an answer and a refusal both replace what was before. */
  async run(wish: Wish): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.asked = wish;
    this.#id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    try {
      this.answer = await post<Answer>("/v1/cypher", { ...wish, id: this.#id });
      this.problem = null;
    } catch (error) {
      this.answer = null;
      this.problem = error instanceof Problem ? error : new Problem(0, "Error", String(error));
    } finally {
      this.busy = false;
    }
  }

  /** Cancel the query that runs; it then ends with the reason `cancelled`. */
  async cancel(): Promise<void> {
    const id = this.#id;
    while (this.busy && id === this.#id) {
      try {
        return await remove(`/v1/cypher/${id}`);
      } catch (error) {
        // It has not begun yet, or has ended and its answer is on its way.
        if (!(error instanceof Problem && error.status === 404)) throw error;
        await new Promise((next) => setTimeout(next, 200));
      }
    }
  }
}
