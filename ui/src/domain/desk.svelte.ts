import type { AskView, Bridge, Stop } from '../bridge/bridge';

/** The question that waits for the person's answer, if any. */
export class Desk {
  ask = $state.raw<AskView | null>(null);

  constructor(readonly bridge: Bridge) {}

  async start(): Promise<Stop> {
    const stop = await this.bridge.onDesk((view) => (this.ask = view.ask));
    this.ask = (await this.bridge.deskView()).ask;
    return stop;
  }
}
