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

  chooseDevices: (choice) => outcome(commands.chooseDevices(choice)),
  setLanguage: (language) => outcome(commands.setLanguage(language)),
  setExpanded: commands.setExpanded,
  openSettings: commands.openSettings,
  minimize: () => getCurrentWindow().minimize(),
  close: () => getCurrentWindow().close(),
  firstPaint: commands.firstPaint,

  onPhone: (changed) => events.phoneChanged.listen((event) => changed(event.payload)),
  onDevices: (changed) => events.devicesChanged.listen((event) => changed(event.payload)),
  onSettings: (changed) => events.settingsChanged.listen((event) => changed(event.payload)),
  async onLevels(changed) {
    const channel = new Channel<LevelsView>(changed);
    await commands.levels(channel);
    return () => {
      channel.onmessage = () => {};
    };
  },
};
