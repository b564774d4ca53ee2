import type { Bridge, CallEntry, CallsView, Stop } from '../bridge/bridge';

/** The calls of this run of the program, and the tabs of the call window. */
export class Calls {
  view = $state.raw<CallsView>({ revision: 0, calls: [], tabs: [], unseen: 0 });
  /** False until the first view has come. */
  known = $state(false);

  constructor(readonly bridge: Bridge) {}

  async start(): Promise<Stop> {
    const stop = await this.bridge.onCalls((view) => this.#take(view));
    const read = async () => this.#take(await this.bridge.callsView());
    const shown = () => void (document.hidden || read());
    document.addEventListener('visibilitychange', shown);
    await read();
    return () => {
      stop();
      document.removeEventListener('visibilitychange', shown);
    };
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
