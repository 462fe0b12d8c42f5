// Names of what answers call by id: learnt from lists, asked for where none has said them.
import { get, type Answer, type Row } from "./rest";
import { t, words } from "./words/index.svelte";

const LISTS = ["regions", "fields", "incentives", "channels", "programmes", "companies", "organisations"];

interface Entity {
  name: string;
  name_zh?: string | null;
}

class Names {
  #known = $state.raw<Record<string, Entity>>({});
  /** The Chinese name of what has this English one; null where several differ, such as the two Georgias. */
  #called = $state.raw<ReadonlyMap<string, string | null>>(new Map());
  #asked = new Set<string>();
  /** English names that rows gave, until more is known: what is opened from a row need not show an id meanwhile. */
  #given = new Map<string, string>();

  /** The name of an entity; its id until the name is known. */
  of(id: string, chinese = false): string {
    const known = this.#known[id];
    if (known) return (chinese && known.name_zh) || known.name;
    return this.#given.get(id) ?? id;
  }

  /** What a row names in a column such as `region`, whose id is in `region_id`, in the reader's language. */
  in(row: Row, column: string): string {
    const id = String(row[`${column}_id`]);
    if (id === "unstated") return t("unstated");
    this.#given.set(id, String(row[column]));
    if (words.language === "en") return String(row[column]);
    this.#translate();
    return this.#known[id]?.name_zh || String(row[column]);
  }

  /** A name that an answer gives without its id, in the reader's language where only one is called so. */
  called(name: string): string {
    if (words.language === "en") return name;
    this.#translate();
    return this.#called.get(name) ?? name;
  }

  learn(id: string, name: string, nameZh: string | null): void {
    if (!this.#known[id]) this.#known = { ...this.#known, [id]: { name, name_zh: nameZh } };
  }

  /** Ask once for the Chinese names of what claims are about: answers have the English ones alone. */
  #translate(): void {
    if (this.#asked.has("zh")) return;
    this.#asked.add("zh");
    for (const list of LISTS) {
      get<Answer>(`/v1/dimensions/${list}?used=true&limit=10000`).then(
        ({ items }) => this.#keep(items),
        () => undefined, // they stay English
      );
    }
  }

  #keep(rows: Row[]): void {
    const chinese = rows.filter((row) => row.label_zh !== null);
    const known = chinese.map((row) => [String(row.id), { name: String(row.label), name_zh: String(row.label_zh) }] as const);
    this.#known = { ...this.#known, ...Object.fromEntries(known) };
    const called = new Map(this.#called);
    for (const [, { name, name_zh }] of known) called.set(name, called.has(name) && called.get(name) !== name_zh ? null : name_zh);
    this.#called = called;
  }

  /** Ask for a name that no list has told. */
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
