import { untrack } from 'svelte';
import type { Phone } from '../../domain/phone.svelte';

/**
 * Whether the callbar is grown to its full height. It grows by itself when somebody calls
 * (CB-10) or the sign-in form is due, and goes back once the call it grew for is gone.
 */
export class Growth {
  expanded = $state(false);
  #byItself = false;

  constructor(readonly phone: Phone) {
    $effect(() => {
      if (phone.needsSignIn) this.#change(true);
    });
    const rings = $derived(phone.alerting?.id);
    $effect(() => {
      if (rings === undefined || untrack(() => this.expanded)) return;
      this.#change(true);
      this.#byItself = true;
    });
    $effect(() => {
      if (phone.main === undefined && this.#byItself) this.#change(false);
    });
  }

  /** The person grows or shrinks it. */
  set(expanded: boolean): void {
    this.#change(expanded);
  }

  #change(expanded: boolean): void {
    this.#byItself = false;
    if (expanded === untrack(() => this.expanded)) return;
    this.expanded = expanded;
    void this.phone.bridge.setExpanded(expanded);
  }
}
