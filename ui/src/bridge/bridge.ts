/**
 * The one door between the screens and the phone.
 *
 * Screens know this interface and the generated view types, nothing of Tauri. `tauri.ts`
 * implements it in the desktop, `fake.ts` in tests and in a plain browser.
 */
import type {
  CallbarPanel,
  CallsView,
  DeskView,
  DeviceChoice,
  DevicesView,
  ErrorView,
  HubAnswer,
  HubAsk,
  Language,
  LevelsView,
  PhoneView,
  Place,
  Preferences,
  SettingsView,
  SignIn,
  SoundRole,
  UnsentView,
} from './generated';

export type * from './generated';

/** What a command came to: `null` is accepted, otherwise why not. */
export type Outcome = ErrorView | null;
/** The hub's answer, whatever its status; or why there is none. */
export type HubReply = { data: HubAnswer; refused: null } | { data: null; refused: ErrorView };
/** Ends a subscription. */
export type Stop = () => void;

export interface Bridge {
  phoneView(): Promise<PhoneView>;
  settingsView(): Promise<SettingsView>;
  devicesView(): Promise<DevicesView>;
  callsView(): Promise<CallsView>;
  deskView(): Promise<DeskView>;

  signIn(form: SignIn): Promise<Outcome>;
  signOut(): Promise<Outcome>;
  retryRegistration(): Promise<Outcome>;
  startPractice(): Promise<Outcome>;
  leavePractice(): Promise<Outcome>;
  nextCustomer(): Promise<Outcome>;

  dial(number: string): Promise<Outcome>;
  answer(call: string): Promise<Outcome>;
  decline(call: string): Promise<Outcome>;
  hangUp(call: string): Promise<Outcome>;
  hold(call: string): Promise<Outcome>;
  resume(call: string): Promise<Outcome>;
  setMute(on: boolean): Promise<Outcome>;
  sendDtmf(call: string, digits: string): Promise<Outcome>;
  transfer(call: string, to: string): Promise<Outcome>;
  dismissNotice(): Promise<void>;

  openTab(call: string): Promise<Outcome>;
  closeTab(call: string): Promise<void>;
  seeMissed(): Promise<void>;

  /** A request to the hub: see `Hub`. */
  askHub(ask: HubAsk): Promise<HubReply>;
  /** Accepted: on this machine's disk, and on its way to the hub. `command`: JSON of `Command`. */
  writeDown(practice: boolean, command: string, draft: boolean): Promise<Outcome>;
  unsentView(): Promise<UnsentView>;
  /** What the hub refused goes again as `again`, or is thrown away. */
  decideUnsent(practice: boolean, seq: number, again: string | null): Promise<Outcome>;

  chooseDevices(choice: DeviceChoice): Promise<Outcome>;
  /** Opens the microphone for its level, or closes it. */
  listen(on: boolean): Promise<Outcome>;
  /** Records for some seconds and plays it back. */
  echoTest(): Promise<Outcome>;
  testSound(role: SoundRole): Promise<Outcome>;
  setLanguage(language: Language): Promise<Outcome>;
  setPreferences(preferences: Preferences): Promise<Outcome>;
  /** Keys are being recorded: until that is over, no shortcut of other programs acts. */
  recordShortcut(on: boolean): Promise<Outcome>;

  /** Answers the question of `DeskView.ask`. */
  answerAsk(yes: boolean): Promise<Outcome>;
  /** Brings the callbar forward with a panel open. */
  showCallbar(panel: CallbarPanel): Promise<void>;
  openWorkspace(place: Place): Promise<void>;
  openLogFolder(): Promise<Outcome>;
  /** The callbar's window grows to 620 px, or shrinks to the bar. */
  setExpanded(expanded: boolean): Promise<void>;
  /** To the task bar; the phone goes on (CB-22). */
  minimize(): Promise<void>;
  /** To the tray; the phone goes on, and a call brings its windows up. */
  hide(): Promise<void>;
  toggleMaximize(): Promise<void>;
  /** Closes this window; the callbar's close quits the program. */
  close(): Promise<void>;
  /** The window has shown its first frame. */
  firstPaint(): Promise<void>;

  onPhone(changed: (view: PhoneView) => void): Promise<Stop>;
  onDevices(changed: (view: DevicesView) => void): Promise<Stop>;
  onSettings(changed: (view: SettingsView) => void): Promise<Stop>;
  onCalls(changed: (view: CallsView) => void): Promise<Stop>;
  onUnsent(changed: (view: UnsentView) => void): Promise<Stop>;
  onDesk(changed: (view: DeskView) => void): Promise<Stop>;
  /** Somebody asked the callbar to open a panel. */
  onCallbarAsked(asked: (panel: CallbarPanel) => void): Promise<Stop>;
  /** Somebody asked the workspace to go to a place. */
  onWorkspaceAsked(asked: (place: Place) => void): Promise<Stop>;
  /** Sound levels while somebody looks, at most 20 a second. */
  onLevels(changed: (levels: LevelsView) => void): Promise<Stop>;
}

/** The desktop's bridge inside Tauri; elsewhere a phone that is only pretended. */
export async function openBridge(): Promise<Bridge> {
  if ('__TAURI_INTERNALS__' in globalThis) {
    return (await import('./tauri')).tauriBridge;
  }
  const { FakeBridge, sceneAsked } = await import('./fake');
  return new FakeBridge(sceneAsked(new URLSearchParams(location.search)));
}
