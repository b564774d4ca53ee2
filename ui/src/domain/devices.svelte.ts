import type { Bridge, DeviceChoice, DevicesView, Outcome, Stop } from '../bridge/bridge';

const nothing: DevicesView = {
  inputs: [],
  outputs: [],
  chosen: { microphone: null, speaker: null, ringer: null, ring_volume: 100 },
  check: { check: 'idle' },
};

/** The machine's microphones and speakers, and how loud the microphone is right now. */
export class Devices {
  view = $state.raw<DevicesView>(nothing);
  /** False until the first view has come. */
  known = $state(false);
  /** 0 to 1. */
  microphoneLevel = $state(0);

  constructor(readonly bridge: Bridge) {}

  async start(): Promise<Stop> {
    const stops = await Promise.all([
      this.bridge.onDevices((view) => (this.view = view)),
      this.bridge.onLevels((levels) => (this.microphoneLevel = levels.microphone)),
    ]);
    this.view = await this.bridge.devicesView();
    this.known = true;
    return () => stops.forEach((stop) => stop());
  }

  choose(part: Partial<DeviceChoice>): Promise<Outcome> {
    return this.bridge.chooseDevices({ ...this.view.chosen, ...part });
  }
}
