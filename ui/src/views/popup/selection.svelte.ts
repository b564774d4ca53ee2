import { untrack } from 'svelte';
import type { Calls } from '../../domain/calls.svelte';
import type { Phone } from '../../domain/phone.svelte';
import { tabInFront, type Tabs } from '../../domain/tabs';

/** Which call is in front of the call window. */
export class Selection {
  call = $state<string>();
  #open: readonly string[] = [];
  #ringing: readonly string[] = [];

  constructor(
    readonly phone: Phone,
    readonly calls: Calls,
  ) {
    $effect.pre(() => {
      const { tabs } = calls.view;
      const taken = this.#taken();
      untrack(() => this.#move(tabs, taken));
    });
  }

  #move(tabs: readonly string[], answered: string | undefined): void {
    const before: Tabs = { open: this.#open, selected: this.call };
    this.#open = tabs;
    this.call = tabInFront(before, tabs, {
      // A new call keeps off a field with the caret even while another program has the keyboard.
      editing: caretInField() && (answered === undefined || document.hasFocus()),
      live: (call) => this.calls.find(call)?.ended_ms === null,
      answered,
    });
  }

  /** A call that rang a moment ago and is now taken: only a person does that. */
  #taken(): string | undefined {
    const rang = this.#ringing;
    const calls = this.phone.view.calls;
    this.#ringing = calls.filter((call) => call.phase === 'alerting').map((call) => call.id);
    const up = calls.filter((call) => call.phase === 'answering' || call.phase === 'established');
    return up.find((call) => rang.includes(call.id))?.id;
  }
}

function caretInField(): boolean {
  return document.activeElement?.matches('input, textarea') ?? false;
}
