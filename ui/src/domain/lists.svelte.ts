import type { Bridge } from '../bridge/bridge';
import { Hub, type Schema } from '../bridge/hub';

type Configuration = Schema<'Configuration'>;

/** The team's lists and settings: of work, and of practice. */
export class Lists {
  #work = $state.raw<Configuration>();
  #practice = $state.raw<Configuration>();

  constructor(readonly bridge: Bridge) {}

  /** Undefined until they have been read. */
  of(practice: boolean): Configuration | undefined {
    return practice ? this.#practice : this.#work;
  }

  async read(practice: boolean): Promise<void> {
    const { data } = await new Hub(this.bridge, practice).get('/api/configuration');
    if (!data) return;
    if (practice) this.#practice = data;
    else this.#work = data;
  }
}
