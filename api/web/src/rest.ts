// The REST API, as any other program would use it.

export type Value = string | number | boolean | null | string[];
export type Row = Record<string, Value>;
export interface Answer {
  items: Row[];
  total: number;
  next: string | null;
  notes?: string[];
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

async function answered<T>(sent: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await sent;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "No answer", String(error));
  }
  if (response.ok) return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  const text = await response.text();
  try {
    const told = JSON.parse(text) as Record<string, unknown>;
    const detail = typeof told.detail === "string" ? told.detail : text;
    throw new Problem(response.status, String(told.title ?? response.statusText), detail, told);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(response.status, response.statusText, text.slice(0, 500));
  }
}

/** GET a JSON answer. */
export function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return answered<T>(fetch(url, { signal: signal ?? null, headers: { Accept: "application/json" } }));
}

/** Send JSON and return the JSON answer. */
export function post<T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return answered<T>(fetch(url, { method: "POST", body: JSON.stringify(body), headers, signal: signal ?? null }));
}

/** Delete what is at an address. */
export function remove(url: string): Promise<void> {
  return answered<void>(fetch(url, { method: "DELETE", headers: { Accept: "application/json" } }));
}
