import type { HubRefusal, Reply, Schema } from '../../../bridge/hub';

/** What a page reads from the hub. What was read stays while it is read again. */
export class Reading<T> {
  data = $state.raw<T>();
  /** Why the last reading failed. */
  refused = $state.raw<HubRefusal>();
  #turn = 0;

  constructor(readonly read: () => Promise<Reply<T>>) {}

  async again(): Promise<void> {
    const turn = ++this.#turn;
    const reply = await this.read();
    // An older answer says nothing about now.
    if (turn !== this.#turn) return;
    if (reply.refused) this.refused = reply.refused;
    else [this.data, this.refused] = [reply.data, undefined];
  }
}

export type Next = Schema<'Next'> | null | undefined;
export interface Page<Row> {
  rows: readonly Row[];
  next?: Next;
}

/** A long list, read page by page. */
export class Pages<Row> {
  rows = $state.raw<readonly Row[]>();
  refused = $state.raw<HubRefusal>();
  #next: Next;
  #turn = 0;
  #reading = false;

  constructor(readonly read: (after: Next) => Promise<Reply<Page<Row>>>) {}

  /** From the beginning. */
  again(): Promise<void> {
    return this.#take(undefined, []);
  }

  /** The next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.#next && !this.#reading) await this.#take(this.#next, this.rows ?? []);
  }

  async #take(after: Next, before: readonly Row[]): Promise<void> {
    const turn = ++this.#turn;
    this.#reading = true;
    const reply = await this.read(after);
    if (turn !== this.#turn) return;
    this.#reading = false;
    this.refused = reply.refused ?? undefined;
    if (!reply.data) return;
    this.rows = [...before, ...reply.data.rows];
    this.#next = reply.data.next;
  }
}
