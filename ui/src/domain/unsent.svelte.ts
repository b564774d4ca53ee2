import type { Bridge, RefusedView, Stop, UnsentView } from '../bridge/bridge';
import type { Command, HubRefusal } from '../bridge/hub';
import { follow } from './follow';

/** What was written here and has not reached the hub. */
export class Unsent {
  view = $state.raw<UnsentView>({ revision: 0, waiting: [], refused: [], away_since_ms: null });
  /** False until the first view has come. */
  known = $state(false);

  constructor(readonly bridge: Bridge) {}

  start(): Promise<Stop> {
    const { bridge } = this;
    return follow(
      (take) => bridge.onUnsent(take),
      () => bridge.unsentView(),
      (view) => this.#take(view),
    );
  }

  /** Something about it is on its way: `call:` and a call's key, or an id. */
  waits(subject: string): boolean {
    return this.view.waiting.includes(subject);
  }

  #take(view: UnsentView): void {
    if (this.known && view.revision < this.view.revision) return;
    this.view = view;
    this.known = true;
  }
}

/** What was refused, and why. A newer hub's command may have words that this program does not know. */
export function readRefused(view: RefusedView): { command: Command; why: HubRefusal } {
  return { command: JSON.parse(view.command), why: JSON.parse(view.problem) };
}
