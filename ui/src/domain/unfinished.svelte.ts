import { untrack } from 'svelte';
import type { CallEntry, Outcome } from '../bridge/bridge';
import { Hub } from '../bridge/hub';
import type { Calls } from './calls.svelte';
import type { Unsent } from './unsent.svelte';

/** Calls that are over and whose form is not closed: after a restart one goes on with them. */
export class Unfinished {
  #keys = $state.raw<readonly string[]>([]);
  #desk: Calls;

  /** In a component: it reads again by itself, when a tab is closed and when its form has arrived. */
  constructor(desk: Calls, unsent: Unsent) {
    this.#desk = desk;
    const tabs = $derived(desk.view.tabs.join());
    const arrived = $derived(
      this.#away.every(({ key }) => !unsent.view.waiting.includes(`call:${key}`)),
    );
    $effect(() => {
      if (desk.known && tabs !== undefined && arrived) void untrack(() => this.read());
    });
  }

  get calls(): readonly CallEntry[] {
    const over = this.#away.filter(({ ended_ms, practice }) => ended_ms !== null && !practice);
    return over.filter(({ key }) => this.#keys.includes(key));
  }

  /** Calls whose tab is not open. */
  get #away(): readonly CallEntry[] {
    const { calls, tabs } = this.#desk.view;
    return calls.filter(({ id }) => !tabs.includes(id));
  }

  async read(): Promise<void> {
    const { data } = await new Hub(this.#desk.bridge).get('/api/forms/open');
    if (data) this.#keys = data.map(({ call }) => call.key);
  }

  /** Opens their tabs, the oldest first; the first refusal ends it. */
  async open(): Promise<Outcome> {
    for (const { id } of this.calls.toReversed()) {
      const refused = await this.#desk.bridge.openTab(id);
      if (refused) return refused;
    }
    return null;
  }
}
