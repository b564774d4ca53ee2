/**
 * Every state of the workspace that is worth a picture: the scene the phone is in, the place the
 * workspace stands at, and what a person does there before it is looked at.
 *
 * A harness opens `?w=workspace&scene=<scene>&place=<place as JSON>` and takes the steps in
 * order. They name no words, so that one list serves every language.
 */
import type { Place, SettingsSection } from '../../bridge/bridge';

export type Step =
  /** Presses what the CSS selector finds first. */
  | { click: string }
  /** Presses keys as Playwright names them: `Control+k`. */
  | { press: string }
  /** Types a text where the focus is. */
  | { type: string };

export interface State {
  scene: string;
  place: Place;
  prepare?: readonly Step[];
}

const calls: Place = { view: 'calls' };
const help = (topic: string | null = null): Place => ({ view: 'help', topic });
const row = (at: number): Step => ({ click: `[role=row][aria-rowindex="${at + 1}"]` });
const search = (text: string): Step[] => [{ press: 'Control+k' }, { type: text }];
const bell: Step = { click: 'header [aria-haspopup=dialog]' };
const settings = (section: SettingsSection, scene = 'ready', ...prepare: Step[]): State => ({
  scene,
  place: { view: 'settings', section },
  prepare,
});

export const states: Record<string, State> = {
  calls: { scene: 'calls', place: calls },
  'calls-detail': { scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-missed': {
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.chips label:nth-child(2)' }],
  },
  'calls-steps': { scene: 'calls', place: calls, prepare: [row(3)] },
  'calls-live': { scene: 'inCall', place: calls, prepare: [row(1)] },
  'calls-empty': { scene: 'callsEmpty', place: calls },
  'calls-nothing': {
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.search input' }, { type: 'zz' }],
  },
  'calls-many': { scene: 'callsMany', place: calls },
  'calls-practice': { scene: 'callsPractice', place: calls, prepare: [row(4)] },
  'calls-hostile': { scene: 'callsHostile', place: calls, prepare: [row(2)] },
  signedOut: { scene: 'signedOut', place: calls },
  lost: { scene: 'troubled', place: calls },
  create: { scene: 'calls', place: calls, prepare: [{ click: 'header [aria-haspopup=menu]' }] },
  bell: { scene: 'calls', place: help(), prepare: [bell] },
  'bell-troubled': { scene: 'troubled', place: help(), prepare: [bell] },
  'bell-empty': { scene: 'callsEmpty', place: help(), prepare: [bell] },
  palette: { scene: 'calls', place: calls, prepare: search('') },
  'palette-number': { scene: 'calls', place: calls, prepare: search('0987') },
  'palette-words': { scene: 'calls', place: calls, prepare: search('ket noi') },
  'palette-empty': { scene: 'calls', place: calls, prepare: search('zzz') },
  'settings-account': settings('account'),
  'settings-account-out': settings('account', 'signedOut'),
  'settings-account-practice': settings('account', 'practiceIdle'),
  'settings-account-insecure': settings('account', 'noKeyring'),
  'settings-devices': settings('devices'),
  'settings-devices-recording': settings('devices', 'recording'),
  'settings-devices-gone': settings('devices', 'deviceGone'),
  'settings-devices-in-call': settings('devices', 'inCall'),
  'settings-alerts': settings('alerts'),
  'settings-alerts-sounding': settings('alerts', 'sounding'),
  'settings-shortcuts': settings('shortcuts'),
  'settings-shortcuts-recording': settings('shortcuts', 'ready', { click: '.keys' }),
  'settings-shortcuts-conflict': settings('shortcuts', 'shortcutConflict'),
  'settings-display': settings('display'),
  'settings-startup': settings('startup'),
  'settings-startup-troubled': settings('startup', 'shortcutConflict'),
  'settings-privacy': settings('privacy'),
  'settings-privacy-ask': settings('privacy', 'ready', { click: '.refuse' }),
  'settings-about': settings('about'),
  help: { scene: 'ready', place: help() },
  'help-topic': { scene: 'ready', place: help('media_no_microphone') },
  'help-search': {
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.search input' }, { type: 'chung chi' }],
  },
  'help-shortcuts': {
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.sections nav button:last-child' }],
  },
};
