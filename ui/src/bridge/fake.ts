/**
 * A phone that is only pretended: for tests of the screens and for a plain browser.
 * It refuses what the real phone refuses.
 */
import type {
  Bridge,
  CallbarPanel,
  CallsView,
  CallView,
  DeskView,
  DeviceChoice,
  DevicesView,
  HubAsk,
  Language,
  LevelsView,
  Outcome,
  PhoneView,
  Place,
  Preferences,
  SettingsView,
  SignIn,
  SoundRole,
  Stop,
  UnsentView,
} from './bridge';
import type { Command } from './commands';
import type { FakeHub } from './fakeHub';
import { FakeOutbox } from './fakeOutbox';
import { aCall, anError, practising, preferences, type Scene } from './scenes';
import { follow } from './sceneCalls';

export { scene, sceneAsked } from './scenes';

type Listener<T> = (view: T) => void;

export class FakeBridge implements Bridge {
  /** Every command in order, as `[name, ...arguments]`. */
  readonly sent: unknown[][] = [];
  /** What the next command is refused with. */
  refuseNext: Outcome = null;
  #phone: PhoneView;
  #settings: SettingsView;
  #devices: DevicesView;
  #calls: CallsView;
  #desk: DeskView;
  #outbox: FakeOutbox;
  /** What practice gives back when it ends. */
  #before: Partial<PhoneView> = { account: null, registration: { state: 'offline' } };
  #onPhone = new Set<Listener<PhoneView>>();
  #onDevices = new Set<Listener<DevicesView>>();
  #onSettings = new Set<Listener<SettingsView>>();
  #onCalls = new Set<Listener<CallsView>>();
  #onUnsent = new Set<Listener<UnsentView>>();
  #onDesk = new Set<Listener<DeskView>>();
  #onCallbarAsked = new Set<Listener<CallbarPanel>>();
  #onWorkspaceAsked = new Set<Listener<Place>>();

  constructor(scene: Scene) {
    this.#phone = scene.phone;
    this.#settings = scene.settings;
    this.#devices = scene.devices;
    this.#calls = scene.calls;
    this.#desk = scene.desk;
    this.#outbox = new FakeOutbox(scene.hub, scene.unsent, (view) =>
      this.#onUnsent.forEach((changed) => changed(view)),
    );
  }

  /** The team's memory: what was written is there. */
  get hub(): FakeHub {
    return this.#outbox.hub;
  }

  /** The hub cannot be reached, or can again. */
  set away(away: boolean) {
    this.#outbox.away = away;
  }

  phoneView = async () => this.#phone;
  settingsView = async () => this.#settings;
  devicesView = async () => this.#devices;
  callsView = async () => this.#calls;
  deskView = async () => this.#desk;
  unsentView = async () => this.#outbox.view;

  /** The phone changed by itself. */
  push(change: Partial<PhoneView>): void {
    const revision = this.#phone.revision + 1;
    this.#phone = { ...this.#phone, revision, now_ms: Date.now(), ...change };
    this.#onPhone.forEach((changed) => changed(this.#phone));
    const calls = follow(this.#calls, this.#phone);
    if (calls !== this.#calls) this.pushCalls(calls);
  }

  pushCalls(change: Partial<CallsView>): void {
    this.#calls = { ...this.#calls, ...change, revision: this.#calls.revision + 1 };
    this.#onCalls.forEach((changed) => changed(this.#calls));
  }

  pushDesk(change: Partial<DeskView>): void {
    this.#desk = { ...this.#desk, ...change };
    this.#onDesk.forEach((changed) => changed(this.#desk));
  }

  pushSettings(change: Partial<SettingsView>): void {
    this.#settings = { ...this.#settings, ...change };
    this.#onSettings.forEach((changed) => changed(this.#settings));
  }

  /** Another window asked for a panel or a place. */
  ask(panel: CallbarPanel): void {
    this.#onCallbarAsked.forEach((asked) => asked(panel));
  }

  goTo(place: Place): void {
    this.#onWorkspaceAsked.forEach((asked) => asked(place));
  }

  pushDevices(change: Partial<DevicesView>): void {
    this.#devices = { ...this.#devices, ...change };
    this.#onDevices.forEach((changed) => changed(this.#devices));
  }

  signIn(form: SignIn): Promise<Outcome> {
    return this.#take(['signIn', form], () => {
      const account = { ...form, secure: true, password_kept: this.#settings.keyring };
      this.push({ account, registration: { state: 'registered', since_ms: Date.now() } });
    });
  }

  signOut(): Promise<Outcome> {
    return this.#take(['signOut'], () => {
      this.push({ account: null, registration: { state: 'offline' } });
    });
  }

  retryRegistration(): Promise<Outcome> {
    return this.#take(['retryRegistration'], () => {
      this.push({ registration: { state: 'connecting', attempt: 1, since_ms: Date.now() } });
    });
  }

  startPractice(): Promise<Outcome> {
    if (this.#phone.calls.some((call) => call.phase !== 'terminated')) {
      this.#refuse('another_call_in_progress');
    }
    return this.#take(['startPractice'], () => {
      const { account, registration } = this.#phone;
      if (!this.#phone.practice) this.#before = { account, registration };
      this.push({ ...practising({ customer_coming: true }), calls: [], notice: null });
    });
  }

  leavePractice(): Promise<Outcome> {
    return this.#take(['leavePractice'], () => {
      this.push({ ...this.#before, practice: null, calls: [] });
    });
  }

  nextCustomer(): Promise<Outcome> {
    const practice = this.#phone.practice;
    if (!practice) this.#refuse('not_practising');
    return this.#take(['nextCustomer'], () => {
      this.push({ practice: { last_outcome: null, ...practice, customer_coming: true } });
    });
  }

  dial(number: string): Promise<Outcome> {
    if (this.#phone.registration.state !== 'registered') this.#refuse('not_registered');
    else if (number === '') this.#refuse('dial_empty');
    return this.#take(['dial', number], () => {
      this.push({ calls: [...this.#phone.calls, aCall({ phase: 'dialing', number })] });
    });
  }

  answer(call: string): Promise<Outcome> {
    return this.#inPhase(call, 'alerting', ['answer', call], () => {
      const held = this.#phone.calls.map((other) =>
        other.phase === 'established' && other.id !== call
          ? { ...other, hold: 'local' as const, has_focus: false }
          : other,
      );
      this.push({ calls: held });
      const now = Date.now();
      this.#change(call, {
        phase: 'established',
        has_focus: true,
        since_ms: now,
        answered_ms: now,
      });
    });
  }

  decline(call: string): Promise<Outcome> {
    return this.#inPhase(call, 'alerting', ['decline', call], () => this.#end(call, 'declined'));
  }

  hangUp(call: string): Promise<Outcome> {
    return this.#take(['hangUp', call], () => this.#end(call, 'local_hangup'));
  }

  hold(call: string): Promise<Outcome> {
    return this.#inPhase(call, 'established', ['hold', call], () =>
      this.#change(call, { hold: 'local' }),
    );
  }

  resume(call: string): Promise<Outcome> {
    return this.#inPhase(call, 'established', ['resume', call], () =>
      this.#change(call, { hold: 'none', has_focus: true }),
    );
  }

  setMute(on: boolean): Promise<Outcome> {
    return this.#take(['setMute', on], () => this.push({ muted: on }));
  }

  sendDtmf(call: string, digits: string): Promise<Outcome> {
    return this.#inPhase(call, 'established', ['sendDtmf', call, digits], () => {});
  }

  transfer(call: string, to: string): Promise<Outcome> {
    return this.#inPhase(call, 'established', ['transfer', call, to], () =>
      this.#change(call, { transfer: 'requested' }),
    );
  }

  async dismissNotice(): Promise<void> {
    this.sent.push(['dismissNotice']);
    this.push({ notice: null });
  }

  chooseDevices(chosen: DeviceChoice): Promise<Outcome> {
    return this.#take(['chooseDevices', chosen], () => this.pushDevices({ chosen }));
  }

  listen(on: boolean): Promise<Outcome> {
    return this.#quiet(['listen', on], () =>
      this.pushDevices({ check: { check: on ? 'listening' : 'idle' } }),
    );
  }

  echoTest(): Promise<Outcome> {
    return this.#quiet(['echoTest'], () =>
      this.pushDevices({ check: { check: 'recording', until_ms: Date.now() + 4000 } }),
    );
  }

  testSound(role: SoundRole): Promise<Outcome> {
    return this.#quiet(['testSound', role], () =>
      this.pushDevices({ check: { check: 'sounding', role, until_ms: Date.now() + 2000 } }),
    );
  }

  setLanguage(language: Language): Promise<Outcome> {
    return this.#take(['setLanguage', language], () => this.pushSettings({ language }));
  }

  /** A shortcut that is left out is as it came. */
  setPreferences(wanted: Preferences): Promise<Outcome> {
    const shortcuts = preferences().shortcuts.map(
      (each) => wanted.shortcuts.find(({ act }) => act === each.act) ?? each,
    );
    return this.#take(['setPreferences', wanted], () =>
      this.pushSettings({ preferences: { ...wanted, shortcuts } }),
    );
  }

  recordShortcut(on: boolean): Promise<Outcome> {
    return this.#quiet(['recordShortcut', on], () => undefined);
  }

  async askHub(ask: HubAsk) {
    return this.#outbox.ask(ask);
  }

  writeDown(practice: boolean, json: string, draft: boolean): Promise<Outcome> {
    const command: Command = JSON.parse(json);
    return this.#take(['writeDown', practice, command, draft], () => {
      this.#outbox.write(command);
      if (command.do !== 'save_call_form.1') return;
      const has_note = command.body !== '';
      const calls = this.#calls.calls.map((call) =>
        call.key === command.call_key ? { ...call, has_note } : call,
      );
      this.pushCalls({ calls });
    });
  }

  decideUnsent(practice: boolean, seq: number, again: string | null): Promise<Outcome> {
    return this.#take(['decideUnsent', practice, seq, again], () =>
      this.#outbox.decide(seq, again),
    );
  }

  openTab(call: string): Promise<Outcome> {
    if (!this.#listed(call)) this.#refuse('no_such_call');
    return this.#take(['openTab', call], () => {
      this.pushCalls({ tabs: [...this.#calls.tabs.filter((tab) => tab !== call), call] });
    });
  }

  async closeTab(call: string): Promise<void> {
    this.#note('closeTab', call);
    this.pushCalls({ tabs: this.#calls.tabs.filter((tab) => tab !== call) });
  }

  async seeMissed(): Promise<void> {
    this.#note('seeMissed');
    const calls = this.#calls.calls.map((call) => ({ ...call, seen: call.missed }));
    this.pushCalls({ calls, unseen: 0 });
  }

  answerAsk(yes: boolean): Promise<Outcome> {
    if (!this.#desk.ask) this.#refuse('nothing_asked');
    return this.#take(['answerAsk', yes], () => this.pushDesk({ ask: null }));
  }

  openLogFolder = () => this.#take(['openLogFolder'], () => {});
  showCallbar = async (panel: CallbarPanel) => this.#note('showCallbar', panel);
  openWorkspace = async (place: Place) => this.#note('openWorkspace', place);
  setExpanded = async (expanded: boolean) => this.#note('setExpanded', expanded);
  hide = async () => this.#note('hide');
  toggleMaximize = async () => this.#note('toggleMaximize');
  minimize = async () => this.#note('minimize');
  close = async () => this.#note('close');
  firstPaint = async () => this.#note('firstPaint');

  onPhone = async (changed: Listener<PhoneView>) => listen(this.#onPhone, changed);
  onDevices = async (changed: Listener<DevicesView>) => listen(this.#onDevices, changed);
  onSettings = async (changed: Listener<SettingsView>) => listen(this.#onSettings, changed);

  onCalls = async (changed: Listener<CallsView>) => listen(this.#onCalls, changed);
  onUnsent = async (changed: Listener<UnsentView>) => listen(this.#onUnsent, changed);
  onDesk = async (changed: Listener<DeskView>) => listen(this.#onDesk, changed);
  onCallbarAsked = async (asked: Listener<CallbarPanel>) => listen(this.#onCallbarAsked, asked);
  onWorkspaceAsked = async (asked: Listener<Place>) => listen(this.#onWorkspaceAsked, asked);

  async onLevels(changed: Listener<LevelsView>): Promise<Stop> {
    changed({ microphone: 0.42, speaker: 0 });
    return () => {};
  }

  #listed = (id: string) => this.#calls.calls.some((call) => call.id === id);

  #note(...command: unknown[]): void {
    this.sent.push(command);
  }

  async #take(command: unknown[], accepted: () => void): Promise<Outcome> {
    this.sent.push(command);
    const refused = this.refuseNext;
    this.refuseNext = null;
    if (!refused) accepted();
    return refused;
  }

  /** Only where no call needs the devices. */
  #quiet(command: unknown[], accepted: () => void): Promise<Outcome> {
    if (this.#phone.calls.some((call) => call.phase !== 'terminated')) {
      this.#refuse('another_call_in_progress');
    }
    return this.#take(command, accepted);
  }

  #refuse(code: string): void {
    this.refuseNext ??= anError(code);
  }

  #inPhase(id: string, phase: CallView['phase'], command: unknown[], accepted: () => void) {
    const call = this.#phone.calls.find((each) => each.id === id);
    if (!call) this.#refuse('no_such_call');
    else if (call.phase !== phase) this.#refuse('wrong_phase');
    return this.#take(command, accepted);
  }

  #change(id: string, change: Partial<CallView>): void {
    const calls = this.#phone.calls.map((call) => (call.id === id ? { ...call, ...change } : call));
    this.push({ calls });
  }

  #end(id: string, code: string): void {
    const cause = { code, status: null };
    this.#change(id, { phase: 'terminated', has_focus: false, since_ms: Date.now(), cause });
  }
}

function listen<T>(listeners: Set<Listener<T>>, changed: Listener<T>): Stop {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
