/** What the tests of the call window have in common. */
import { vi as mock } from 'vitest';
import { page } from 'vitest/browser';
import type { Command } from '../src/bridge/commands';
import type { FakeBridge } from '../src/bridge/fake';
import { aCall } from '../src/bridge/scenes';

export const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const note = page.getByRole('textbox', { name: 'Nội dung trao đổi' });
export const text = () => (note.element() as HTMLTextAreaElement).value;
export const name = page.getByRole('heading', { level: 2 });
export const callTabs = page.getByRole('tablist', { name: 'Các cuộc gọi đang mở' });
export const tab = (label: string) => callTabs.getByRole('tab', { name: label });
export const openTabs = () => callTabs.getByRole('tab').elements();

export const alerting = (change = {}) =>
  aCall({ phase: 'alerting', direction: 'incoming', number: '0912 345 678', ...change });

export async function callsOf(bridge: FakeBridge) {
  return (await bridge.phoneView()).calls;
}

/** The person has the keyboard in this window, or in another program. */
export const keyboardIsHere = (here: boolean) =>
  mock.spyOn(document, 'hasFocus').mockReturnValue(here);

export type Save = Extract<Command, { do: 'save_call_form.1' }>;

/** The forms that were written, in the order they were sent. */
export const saves = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name === 'writeDown').map(([, , command]) => command as Save);
export const written = (bridge: FakeBridge) => saves(bridge).map(({ body }) => body);
export const names = (bridge: FakeBridge) => bridge.sent.map(([name]) => name);
export const outcome = (label: string) => page.getByRole('radio', { name: label });
/** The circle itself is not seen; its label is pressed. */
export const choose = (label: string) => page.getByText(label, { exact: true }).click();
/** What the hub has of it. */
export const formOf = (bridge: FakeBridge, key: string) =>
  bridge.hub.content.calls.find((call) => call.key === key)?.forms[0];

/** Each write waits until it is let go. */
export function slowWrites(bridge: FakeBridge): (() => void)[] {
  const write = bridge.writeDown.bind(bridge);
  const waiting: (() => void)[] = [];
  mock.spyOn(bridge, 'writeDown').mockImplementation(async (...given) => {
    await new Promise<void>((done) => waiting.push(done));
    return write(...given);
  });
  return waiting;
}
