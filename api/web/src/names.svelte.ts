// Names of what answers call by id: learnt from every answer, asked for where none has said them.
import { get, type Row } from "./rest";

interface Entity {
  name: string;
  name_zh?: string | null;
}

class Names {
  #known = $state<Record<string, Entity>>({});
  #asked = new Set<string>();

  /** The name of an entity; its id until the name is known. */
  of(id: string, chinese = false): string {
    const known = this.#known[id];
    if (known) return (chinese && known.name_zh) || known.name;
    return id;
  }

  learn(id: string, name: string, nameZh: string | null = null): void {
    if (!this.#known[id]) this.#known[id] = { name, name_zh: nameZh };
  }

  /** Ask for a name that no answer has told. */
  want(id: string): void {
    if (this.#known[id] || this.#asked.has(id)) return;
    this.#asked.add(id);
    get<Row>(`/v1/entities/${encodeURIComponent(id)}`).then(
      (found) => this.learn(id, String(found.name), (found.name_zh as string | null) ?? null),
      () => undefined, // it stays with its id, which is what was given
    );
  }
}

export const names = new Names();
