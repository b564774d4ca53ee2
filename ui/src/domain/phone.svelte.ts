import type {
  Bridge,
  CallEntry,
  CallView,
  Outcome,
  PhoneView,
  RegistrationView,
  SignIn,
  Stop,
} from '../bridge/bridge';
import { clock } from '../shared/clock.svelte';
import { follow } from './follow';

const nothing: PhoneView = {
  revision: 0,
  account: null,
  registration: { state: 'offline' },
  calls: [],
  muted: false,
  practice: null,
  notice: null,
  now_ms: 0,
};

/** Clicks on calls that ring, closer together than this, are one. */
const doubleMs = 600;

/** The phone as the screen knows it: the last view pushed, and what is derived from it. */
export class Phone {
  view = $state.raw<PhoneView>(nothing);
  /** False until the first view has come. */
  known = $state(false);
  /** Why the last command was refused; cleared by the next one. */
  refused = $state.raw<Outcome>(null);
  /** Between the sign-in form and the outcome of the registration. */
  signingIn = $state(false);
  /** Between the click on practice and the line to it. */
  startingPractice = $state(false);
  /** What stood in the sign-in form when practice began, the password apart. */
  typed: Pick<SignIn, 'server' | 'user'> | undefined;
  /** When the call in `alerting` came to stand there, by `performance.now()`. */
  rangAt = 0;
  #rings: string | undefined;
  #pressedAt = -Infinity;
  #dismissed = $state.raw<readonly string[]>([]);

  readonly registered = $derived(this.view.registration.state === 'registered');
  readonly calls = $derived(this.view.calls.filter((call) => !this.#dismissed.includes(call.id)));
  /** The call with the big name: the one we speak in, else the oldest that wants attention. */
  readonly main = $derived(mainCall(this.calls));
  readonly others = $derived(this.calls.filter((call) => call.id !== this.main?.id));
  /** The one that has been ringing here longest. */
  readonly alerting = $derived(this.calls.find((call) => call.phase === 'alerting'));
  readonly needsSignIn = $derived(
    this.known && this.main === undefined && wantsForm(this.view, this.signingIn),
  );

  constructor(readonly bridge: Bridge) {}

  start(): Promise<Stop> {
    const { bridge } = this;
    return follow(
      (take) => bridge.onPhone(take),
      () => bridge.phoneView(),
      (view) => this.#take(view),
    );
  }

  async signIn(form: SignIn): Promise<void> {
    this.signingIn = true;
    if (await this.act(this.bridge.signIn(form))) this.typed = undefined;
    this.signingIn = false;
  }

  async startPractice(): Promise<void> {
    this.startingPractice = true;
    await this.act(this.bridge.startPractice());
    this.startingPractice = false;
  }

  answer(call: string): void {
    this.#once(() => this.bridge.answer(call));
  }

  decline(call: string): void {
    this.#once(() => this.bridge.decline(call));
  }

  /** A second call may stand at once where this one stood: a double click must not reach it. */
  #once(send: () => Promise<Outcome>): void {
    const now = performance.now();
    if (now - this.#pressedAt < doubleMs) return;
    this.#pressedAt = now;
    void this.act(send());
  }

  /** Waits for a command; keeps the reason when it was refused. */
  async act(sent: Promise<Outcome>): Promise<boolean> {
    this.refused = null;
    this.refused = await sent;
    return this.refused === null;
  }

  /** The workspace shows what this call belongs to: work, or practice. */
  shows(call: CallEntry): boolean {
    return call.practice === (this.view.practice !== null);
  }

  /** Takes an ended call off the screen before the phone does. */
  dismiss(call: string): void {
    this.#dismissed = [...this.#dismissed, call];
  }

  #take(view: PhoneView): void {
    if (this.known && view.revision < this.view.revision) return;
    this.view = view;
    this.known = true;
    clock.follow(view.now_ms);
    if (this.alerting?.id !== this.#rings) this.rangAt = performance.now();
    this.#rings = this.alerting?.id;
  }
}

function mainCall(calls: CallView[]): CallView | undefined {
  const live = calls.filter((call) => call.phase !== 'terminated');
  return (
    live.find((call) => call.has_focus) ??
    live.find((call) => call.phase !== 'alerting') ??
    live[0] ??
    calls.at(-1)
  );
}

function wantsForm(view: PhoneView, signingIn: boolean): boolean {
  if (view.practice) return false;
  return view.account === null || signingIn || needsPerson(view.registration);
}

/** A failure that does not mend by itself. */
function needsPerson(registration: RegistrationView): boolean {
  return registration.state === 'failed' && registration.retry_at_ms === null;
}
