import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Bridge, Outcome, UnsentView } from '../../../bridge/bridge';
import { Hub, type Command, type Schema } from '../../../bridge/hub';
import { t } from '../../../i18n/i18n.svelte';
import { outside } from '../../../domain/outside';
import type { Unsent } from '../../../domain/unsent.svelte';

/** The hub from this desk: who sits here, the team's lists, and what is on its way. */
export class Office {
  hub = $state.raw<Hub>() as Hub;
  configuration = $state.raw<Schema<'Configuration'>>();
  me = $state.raw<Schema<'SignedInPerson'>>();
  /** Grows with each thing that has reached the hub: then there is something new to read. */
  arrivals = $state(0);
  #waiting: readonly string[] = [];
  /** Written here, and not yet seen to arrive. */
  #expected: string[] = [];
  readonly #drafts = new SvelteMap<string, string>();
  readonly #made = new SvelteSet<string>();

  constructor(
    readonly bridge: Bridge,
    readonly unsent: Unsent,
  ) {
    this.hub = new Hub(bridge);
  }

  /** What waits for the hub has changed: what is no longer there has arrived. */
  follow({ waiting }: UnsentView): void {
    const there = (id: string) => !id.startsWith('call:') && !waiting.includes(id);
    // What arrives at once may never be seen waiting.
    const arrived = [...this.#waiting, ...this.#expected].some(there);
    this.#expected = this.#expected.filter((id) => waiting.includes(id));
    this.#waiting = waiting;
    if (arrived) this.arrivals += 1;
  }

  /** Work or practice: two memories that know nothing of each other. */
  use(practice: boolean): void {
    if (practice !== this.hub.practice) this.hub = new Hub(this.bridge, practice);
    void this.read();
  }

  async read(): Promise<void> {
    const { hub } = this;
    const [configuration, session] = await Promise.all([
      hub.get('/api/configuration'),
      hub.get('/api/session'),
    ]);
    if (hub !== this.hub) return;
    this.configuration = configuration.data ?? this.configuration;
    this.me = session.data?.person ?? this.me;
  }

  /** Keeps a command; `about` is what is read again once it has arrived. */
  async write(command: Command, about: string): Promise<Outcome> {
    const refused = await this.hub.write(command);
    if (refused) return refused;
    this.#expected.push(about);
    this.#made.add(about);
    if (!this.waits(about)) this.arrivals += 1;
    return null;
  }

  /** What is being written about something; it stays while the window is open. */
  draft(about: string): string {
    return this.#drafts.get(about) ?? '';
  }

  keepDraft(about: string, text: string): void {
    this.#drafts.set(about, text);
  }

  /** Something about it has not reached the hub. */
  waits(id: string): boolean {
    return this.unsent.waits(id);
  }

  /** It was made here and may be on its way. */
  made(id: string): boolean {
    return this.#made.has(id) || this.waits(id);
  }

  person(id: string | null | undefined): string {
    if (!id) return t().records.nobody;
    const known = this.configuration?.people.find((each) => each.id === id);
    return known ? outside(known.name) : t().records.someone;
  }

  team(id: string | null | undefined): string {
    const known = this.configuration?.teams.find((each) => each.id === id);
    return known ? outside(known.name) : t().records.nobody;
  }
}
