/**
 * The hub as the screens know it: what it describes of itself, typed, over the bridge. Reading
 * and administration are asked now or never; what a person writes goes by `write` and is safe on
 * this machine before the hub has it.
 */
import type { Bridge, ErrorView, HubMethod, Outcome } from './bridge';
import type { Command } from './commands';
import type { components, paths } from './hub.generated';

export type { Command } from './commands';

/** A shape of the hub's API by its name: `Schema<'Contact'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Why the hub does not do it. */
export type HubRefusal = ErrorView & { conflicts?: Schema<'Conflict'>[] };

/** What was asked for, or why not. */
export type Reply<T> = { data: T; refused: null } | { data: null; refused: HubRefusal };

type Readable = { get: unknown };
export type GetPath = {
  [Path in keyof paths]: paths[Path] extends Readable ? Path : never;
}[keyof paths];

type Operation<Path extends GetPath> = NonNullable<paths[Path]['get']>;

type Body<Answered> = Answered extends {
  responses: { 200: { content: { 'application/json': infer Json } } };
}
  ? Json
  : never;

type Given<Asked> = Asked extends { parameters: infer Parameters }
  ? (Parameters extends { path: infer Path } ? { path: Path } : { path?: never }) &
      (Parameters extends { query?: infer Query } ? { query?: Query } : { query?: never })
  : never;

/** Without `{id}` in the path nothing has to be given. */
type Rest<Path extends GetPath> =
  Given<Operation<Path>> extends { path: object }
    ? [given: Given<Operation<Path>>]
    : [given?: Given<Operation<Path>>];

type Values = Readonly<Record<string, unknown>>;

export class Hub {
  /** `practice`: whose memory; that of practice or the real one. */
  constructor(
    readonly bridge: Bridge,
    readonly practice = false,
  ) {}

  /** Reads: `hub.get('/api/contacts/{id}', { path: { id } })`. */
  get<Path extends GetPath>(
    path: Path,
    ...[given]: Rest<Path>
  ): Promise<Reply<Body<Operation<Path>>>> {
    const { path: inPath = {}, query = {} } = (given ?? {}) as { path?: Values; query?: Values };
    return this.#ask('GET', address(path, inPath, query));
  }

  /** Does what acts on the present only (administration). Only the workspace may. */
  send<Answered = null>(
    method: Exclude<HubMethod, 'GET'>,
    path: string,
    body?: object,
  ): Promise<Reply<Answered>> {
    return this.#ask(method, path, body);
  }

  /** Keeps what was written on this machine; it goes to the hub by itself. */
  write(command: Command, { draft = false } = {}): Promise<Outcome> {
    return this.bridge.writeDown(this.practice, JSON.stringify(command), draft);
  }

  async #ask<T>(method: HubMethod, path: string, body?: object): Promise<Reply<T>> {
    const { practice } = this;
    const asked = { practice, method, path, body: body ? JSON.stringify(body) : null };
    const { data, refused } = await this.bridge.askHub(asked);
    if (refused) return { data: null, refused };
    const json = parsed(data.body);
    if (data.status < 300) return { data: json as T, refused: null };
    const known = typeof json === 'object' && json !== null && 'code' in json;
    return { data: null, refused: known ? (json as HubRefusal) : unreadable };
  }
}

const unreadable: HubRefusal = { code: 'hub_does_not_understand', params: [], trace_id: '' };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function address(path: string, inPath: Values, query: Values): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) asked.set(name, String(value));
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(inPath[name])));
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}

/** The field that a refusal is about, if it is about one. */
export function fieldOf(refused: ErrorView | null): string | undefined {
  return refused?.params.find(([name]) => name === 'field')?.[1];
}

/** An id for something new: UUID version 7, so that ids of one writer stand in order. */
export function newId(now = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = now.toString(16).padStart(12, '0');
  const variant = '89ab'[random[2]! % 4];
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hex.slice(1, 4)}`,
    `${variant}${hex.slice(5, 8)}`,
    hex.slice(8),
  ].join('-');
}
