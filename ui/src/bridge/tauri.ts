/** The bridge over Tauri's commands and events. Loaded only inside a Tauri window. */
import { Channel } from '@tauri-apps/api/core';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { Bridge, Outcome } from './bridge';
import { commands, events, type ErrorView, type LevelsView } from './generated';

type Answer = { status: 'ok' } | { status: 'error'; error: ErrorView };

async function outcome(sent: Promise<Answer>): Promise<Outcome> {
  const answer = await sent;
  return answer.status === 'ok' ? null : answer.error;
}

export const tauriBridge: Bridge = {
  phoneView: commands.phoneView,
  settingsView: commands.settingsView,
  devicesView: commands.devicesView,
  callsView: commands.callsView,
  deskView: commands.deskView,

  signIn: (form) => outcome(commands.signIn(form)),
  signOut: () => outcome(commands.signOut()),
  retryRegistration: () => outcome(commands.retryRegistration()),
  startPractice: () => outcome(commands.startPractice()),
  leavePractice: () => outcome(commands.leavePractice()),
  nextCustomer: () => outcome(commands.nextCustomer()),

  dial: (number) => outcome(commands.dial(number)),
  answer: (call) => outcome(commands.answer(call)),
  decline: (call) => outcome(commands.decline(call)),
  hangUp: (call) => outcome(commands.hangUp(call)),
  hold: (call) => outcome(commands.hold(call)),
  resume: (call) => outcome(commands.resume(call)),
  setMute: (on) => outcome(commands.setMute(on)),
  sendDtmf: (call, digits) => outcome(commands.sendDtmf(call, digits)),
  transfer: (call, to) => outcome(commands.transfer(call, to)),
  dismissNotice: commands.dismissNotice,

  openTab: (call) => outcome(commands.openTab(call)),
  closeTab: commands.closeTab,
  seeMissed: commands.seeMissed,

  async askHub(ask) {
    const answer = await commands.askHub(ask);
    if (answer.status === 'ok') return { data: answer.data, refused: null };
    return { data: null, refused: answer.error };
  },
  writeDown: (practice, command, draft) => outcome(commands.writeDown(practice, command, draft)),
  unsentView: commands.unsentView,
  decideUnsent: (practice, seq, again) => outcome(commands.decideUnsent(practice, seq, again)),

  chooseDevices: (choice) => outcome(commands.chooseDevices(choice)),
  listen: (on) => outcome(commands.listen(on)),
  echoTest: () => outcome(commands.echoTest()),
  testSound: (role) => outcome(commands.testSound(role)),
  setLanguage: (language) => outcome(commands.setLanguage(language)),
  setPreferences: (preferences) => outcome(commands.setPreferences(preferences)),
  recordShortcut: (on) => outcome(commands.recordShortcut(on)),

  answerAsk: (yes) => outcome(commands.answerAsk(yes)),
  showCallbar: commands.showCallbar,
  openWorkspace: commands.openWorkspace,
  openLogFolder: () => outcome(commands.openLogFolder()),
  setExpanded: commands.setExpanded,
  minimize: () => getCurrentWindow().minimize(),
  hide: () => getCurrentWindow().hide(),
  toggleMaximize: () => getCurrentWindow().toggleMaximize(),
  close: () => getCurrentWindow().close(),
  firstPaint: commands.firstPaint,

  onPhone: (changed) => events.phoneChanged.listen((event) => changed(event.payload)),
  onDevices: (changed) => events.devicesChanged.listen((event) => changed(event.payload)),
  onSettings: (changed) => events.settingsChanged.listen((event) => changed(event.payload)),
  onCalls: (changed) => events.callsChanged.listen((event) => changed(event.payload)),
  onUnsent: (changed) => events.unsentChanged.listen((event) => changed(event.payload)),
  onDesk: (changed) => events.deskChanged.listen((event) => changed(event.payload)),
  onCallbarAsked: (asked) => events.callbarAsked.listen((event) => asked(event.payload)),
  onWorkspaceAsked: (asked) => events.workspaceAsked.listen((event) => asked(event.payload)),
  async onLevels(changed) {
    const channel = new Channel<LevelsView>(changed);
    await commands.levels(channel);
    return () => {
      channel.onmessage = () => {};
    };
  },
};
