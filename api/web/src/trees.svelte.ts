// Regions and fields as trees, for choosing. Loaded when a picker first opens.
import { names } from "./names.svelte";
import { get, type Answer } from "./rest";

export interface Branch {
  id: string;
  name: string;
  nameZh: string | null;
  branches: Branch[];
}

class Trees {
  #known = $state.raw<Record<string, Branch[]>>({});
  #asked = new Set<string>();

  of(name: string): Branch[] {
    return this.#known[name] ?? [];
  }

  want(name: string): void {
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    get<Answer>(`/v1/dimensions/${name}s?limit=10000`).then(
      (answer) => (this.#known = { ...this.#known, [name]: grown(answer) }),
      () => this.#asked.delete(name), // names can still be typed; the next opening asks again
    );
  }
}

/** The tree of a flat list whose rows name their parent. */
function grown(answer: Answer): Branch[] {
  const all = new Map<string, Branch>();
  for (const row of answer.items) {
    const branch = { id: String(row.id), name: String(row.label), nameZh: row.label_zh as string | null, branches: [] };
    all.set(branch.id, branch);
    names.learn(branch.id, branch.name, branch.nameZh);
  }
  const roots: Branch[] = [];
  for (const row of answer.items) {
    const parent = row.parent_id === null ? undefined : all.get(String(row.parent_id));
    (parent?.branches ?? roots).push(all.get(String(row.id))!);
  }
  return roots;
}

export const trees = new Trees();
