// What the editor completes: Cypher's clauses, and the labels, types and properties that the store has.
import type { Completion } from "@codemirror/autocomplete";
import { post } from "../rest";
import type { Answer } from "./answer";

const KEYWORDS =
  "MATCH,OPTIONAL MATCH,WHERE,RETURN,WITH,UNWIND,UNION,ORDER BY,LIMIT,SKIP,DISTINCT,AND,OR,NOT,IN,AS,IS NULL,IS NOT NULL," +
  "STARTS WITH,ENDS WITH,CONTAINS,EXISTS,COUNT,COLLECT,CASE,WHEN,THEN,ELSE,END,DESC";
const ASKED = [
  ["db.labels", "label"],
  ["db.relationshipTypes", "relationshipType"],
  ["db.propertyKeys", "propertyKey"],
] as const;

/** The words, most useful first; the schema's are asked of the store, one query after another. */
export async function vocabulary(): Promise<Completion[]> {
  const words: Completion[] = KEYWORDS.split(",").map((label) => ({ label, type: "keyword" }));
  for (const [procedure, column] of ASKED) {
    const query = `CALL ${procedure}() YIELD ${column} RETURN ${column}`;
    const answer = await post<Answer>("/v1/cypher", { query });
    words.push(...answer.rows.map(([label]) => ({ label: String(label), type: "variable", detail: column })));
  }
  return words;
}
