import type { Bridge, CallEntry } from '../bridge/bridge';
import { Form } from './form.svelte';
import { Lists } from './lists.svelte';

/** The forms being written, by call, and the lists that they choose from. */
export class Forms {
  readonly lists: Lists;
  readonly #forms = new Map<string, Form>();
  #waiting: readonly string[] = [];

  constructor(readonly bridge: Bridge) {
    this.lists = new Lists(bridge);
  }

  of(call: CallEntry): Form {
    const known = this.#forms.get(call.id);
    if (known) return known;
    const form = new Form(this.bridge, call);
    this.#forms.set(call.id, form);
    form.follow(this.#waiting);
    void form.read();
    void this.lists.read(call.practice);
    return form;
  }

  /** What waits for the hub has changed. */
  follow(waiting: readonly string[]): void {
    this.#waiting = waiting;
    for (const form of this.#forms.values()) form.follow(waiting);
  }

  /** The window is looked at again: others may have worked meanwhile. */
  again(): void {
    for (const form of this.#forms.values()) void form.read();
  }

  /** Lets go of the forms whose tab is closed. */
  keep(open: readonly string[]): void {
    for (const call of this.#forms.keys()) if (!open.includes(call)) this.#forms.delete(call);
  }
}
