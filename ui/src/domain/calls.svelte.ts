import type { Bridge, CallEntry, CallsView, Stop } from '../bridge/bridge';
import { follow } from './follow';

/** The calls of this run of the program, and the tabs of the call window. */
export class Calls {
  view = $state.raw<CallsView>({ revision: 0, calls: [], tabs: [], unseen: 0 });
  /** False until the first view has come. */
  known = $state(false);

  constructor(readonly bridge: Bridge) {}

  start(): Promise<Stop> {
    const { bridge } = this;
    return follow(
      (take) => bridge.onCalls(take),
      () => bridge.callsView(),
      (view) => this.#take(view),
    );
  }

  find(id: string): CallEntry | undefined {
    return this.view.calls.find((call) => call.id === id);
  }

  #take(view: CallsView): void {
    if (this.known && view.revision < this.view.revision) return;
    this.view = view;
    this.known = true;
  }
}
