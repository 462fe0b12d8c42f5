// The REST API, as any other program would use it.
import { key } from "./key.svelte";
import { t } from "./words/index.svelte";

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;
export interface Answer {
  items: Row[];
  total: number;
  next: string | null;
  notes?: string[];
}

/** The items of a cell that has several: one text, for rows are flat. */
export function listed(value: Value | undefined): string[] {
  return typeof value === "string" && value ? value.split("; ") : [];
}

/** What the API says when it cannot answer (RFC 9457), or what the network says. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    readonly members: Record<string, unknown> = {},
  ) {
    super(detail);
  }
}

async function asked(url: string, request: RequestInit): Promise<Response> {
  const headers = { Accept: "application/json", ...(request.headers as Record<string, string>), ...key.header };
  let response: Response;
  try {
    // Without credentials the browser's own question for a password does not stand in front of the page's field.
    response = await fetch(url, { ...request, headers, credentials: "omit" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, t("rest.gone"), t("rest.gone.help"));
  }
  if (response.status === 401) key.wanted = true;
  if (response.ok) return response;
  const text = await response.text();
  let told: Record<string, unknown>;
  try {
    told = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Problem(response.status, response.statusText, text.slice(0, 500));
  }
  const detail = typeof told.detail === "string" ? told.detail : text;
  throw new Problem(response.status, String(told.title ?? response.statusText), detail, told);
}

async function answered<T>(url: string, request: RequestInit): Promise<T> {
  const response = await asked(url, request);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** GET a JSON answer. */
export function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return answered<T>(url, { signal: signal ?? null });
}

/** Send JSON, or nothing, and return the JSON answer. */
export function post<T>(url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return answered<T>(url, { method: "POST", signal: signal ?? null, ...sent });
}

/** Send a form, such as with files, and return the JSON answer. */
export function send<T>(url: string, form: FormData): Promise<T> {
  return answered<T>(url, { method: "POST", body: form });
}

/** Delete what is at an address. */
export function remove(url: string): Promise<void> {
  return answered<void>(url, { method: "DELETE" });
}

/** What went wrong as the API would say it. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, "Error", String(error));
}

/** Lets a link to a file bring the key along, which a browser would not; without a key the link is the browser's. */
export async function fetched(event: MouseEvent): Promise<void> {
  if (!key.value) return;
  event.preventDefault();
  const link = event.currentTarget as HTMLAnchorElement;
  const response = await asked(link.href, { headers: { Accept: "*/*" } });
  const file = document.createElement("a");
  file.href = URL.createObjectURL(await response.blob());
  file.download = link.download;
  file.click();
  URL.revokeObjectURL(file.href);
}
