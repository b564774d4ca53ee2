import type { Bridge, Place, Stop } from '../../bridge/bridge';
import type { Filter } from './calls/entries';
import { everyTicket, type TicketFilter } from './tickets/filter';

/** A view with what it is opened at. */
export type Placed<View extends Place['view']> = Extract<Place, { view: View }>;

/** Where the workspace stands. */
export class Route {
  place = $state.raw<Place>({ view: 'calls' });
  /** False until the first place has come. */
  known = $state(false);
  /** The call whose details are open. */
  call = $state<string>();
  /** Which calls are listed. */
  filter = $state<Filter>('all');
  /** Which tickets are listed; at first those given to me (TK-26). */
  tickets = $state.raw<TicketFilter>({ ...everyTicket, view: 'mine' });

  constructor(readonly bridge: Bridge) {}

  async start(): Promise<Stop> {
    const stop = await this.bridge.onWorkspaceAsked((place) => this.go(place));
    this.go((await this.bridge.deskView()).place);
    return stop;
  }

  go(place: Place): void {
    this.place = place;
    this.known = true;
  }

  /** The list with one call open. It is listed whatever was filtered before. */
  openCall(call: string): void {
    this.filter = 'all';
    this.call = call;
    this.go({ view: 'calls' });
  }

  openMissed(): void {
    this.filter = 'missed';
    this.go({ view: 'calls' });
  }
}
