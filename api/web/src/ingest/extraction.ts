// What `POST /v1/extract` answers, as far as the page shows it.
import type { Span } from "../marked";

interface Filled {
  name?: string;
  code?: string;
  text?: string | null;
  start?: number | null;
  end?: number | null;
  inferred?: boolean;
  implied?: boolean;
}
export interface Claim {
  id: string;
  modality: string;
  stage: string;
  confidence: number;
  evidence: { start: number; end: number; quote: string };
  recruiter: Filled | null;
  claimants: Filled[];
  [slots: string]: unknown;
}
export interface Extraction {
  claims: Claim[];
  entities: { name: string; type: string; mentions: { start: number; end: number }[] }[];
  title: string | null;
  lang: string | null;
}
/** What `POST /v1/documents/preview` answers. */
export interface Previewed {
  documents: (Extraction & { path: string; text: string })[];
  unread: { path: string; reason: string }[];
  more: boolean;
}
/** One part of a claim: its kind, as the words name it, what fills it, and where in the text. */
export interface Part extends Filled {
  slot: string;
}

const SLOTS = {
  on_behalf_of: "on_behalf_of",
  intermediaries: "intermediary",
  origin_employers: "from_employer",
  destinations: "destination",
  origins: "origin",
  fields: "seeks",
  offers: "offers",
  via: "via",
  programmes: "under",
  targets: "targets",
  claimants: "said_by",
} as const;

/** What fills a claim, who recruits first. */
export function parts(claim: Claim): Part[] {
  const others = Object.entries(SLOTS).flatMap(([key, slot]) => ((claim[key] ?? []) as Filled[]).map((one) => ({ slot, ...one })));
  return claim.recruiter ? [{ slot: "recruiter", ...claim.recruiter }, ...others] : others;
}

/** The places of a text to mark: every claim's sentence, the words that filled one of them, and all that was recognised. */
export function spans(found: Extraction, chosen: Claim | undefined): Span[] {
  const claims = found.claims.map((claim) => ({ ...claim.evidence, kind: "claim" }));
  const filled = (chosen ? parts(chosen) : [])
    .filter((part) => part.start != null && part.end != null && !part.inferred)
    .map((part) => ({ start: part.start!, end: part.end!, kind: `slot.${part.slot}` }));
  const known = found.entities.flatMap((entity) => entity.mentions.map((mention) => ({ ...mention, kind: `entity.${entity.type}: ${entity.name}` })));
  return [...claims, ...filled, ...known];
}
