// The questions that the API has, and their addresses under the filters of now.
import { filters, FILTERS } from "./filters.svelte";
import { get, listed, problemOf, type Answer, type Problem } from "./rest";

export interface Question {
  name: string;
  title: string;
  doc: string;
  parameters: string;
}

/** A question as a panel asks it: its own parameters (an empty one takes a filter away), and which filter goes under another name. */
export interface Ask {
  name: string;
  own?: Record<string, string>;
  rename?: Record<string, string>;
}

class Catalogue {
  questions = $state.raw<Map<string, Question> | null>(null);
  problem = $state.raw<Problem | null>(null);

  load(): void {
    get<Answer>("/v1/questions").then(
      (answer) => {
        const rows = answer.items as unknown as Question[];
        this.questions = new Map(rows.map((row) => [row.name, row]));
        this.problem = null;
      },
      (error: unknown) => {
        this.problem = problemOf(error);
      },
    );
  }

  /** Whether a question knows a parameter; false while the catalogue is on its way. */
  takes(name: string, parameter: string): boolean {
    return listed(this.questions?.get(name)?.parameters).includes(parameter);
  }

  /** The query of a question under the filters of now; null while the catalogue is on its way. */
  query(ask: Ask): URLSearchParams | null {
    if (!this.questions?.has(ask.name)) return null;
    const query = new URLSearchParams();
    for (const name of FILTERS) {
      const value = filters.sent(name);
      const theirs = ask.rename?.[name] ?? name;
      if (value !== null && this.takes(ask.name, theirs)) query.set(theirs, value);
    }
    for (const parameter of ["order_by", "net_of"]) {
      if (this.takes(ask.name, parameter)) query.set(parameter, filters.unit);
    }
    for (const [name, value] of Object.entries(ask.own ?? {})) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    return query;
  }

  address(ask: Ask): string | null {
    const query = this.query(ask);
    return query === null ? null : `/v1/questions/${ask.name}?${query}`;
  }

  /** The filters that are set but that this question cannot heed. */
  unheeded(ask: Ask): string[] {
    if (!this.questions?.has(ask.name)) return [];
    return FILTERS.filter(
      (name) =>
        filters.isSet(name) &&
        !this.takes(ask.name, ask.rename?.[name] ?? name) &&
        !(name in (ask.own ?? {})),
    );
  }
}

export const catalogue = new Catalogue();
