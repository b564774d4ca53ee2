/** The states of the workspace that need a picture, by the picture's name: see `Pictured`. */
import type { Place, SettingsSection } from '../../bridge/bridge';
import type { Pictured, Step } from '../../domain/pictured';

/** Where the workspace stands, as JSON in its address: `&place={"view":"calls"}`. */
export interface State extends Pictured {
  place: Place;
}

const size = [1368, 836] as const;
/** 1366 × 768 enlarged to 200 %. */
const enlarged = [683, 384] as const;
const calls: Place = { view: 'calls' };
const help = (topic: string | null = null): Place => ({ view: 'help', topic });
const row = (at: number): Step => ({ click: `[role=row][aria-rowindex="${at + 1}"]` });
const search = (text: string): Step[] => [{ press: 'Control+k' }, { type: text }];
const bell: Step = { click: 'header [aria-haspopup=dialog]' };
const settings = (section: SettingsSection, scene = 'ready', ...prepare: Step[]): State => ({
  size,
  scene,
  place: { view: 'settings', section },
  prepare,
});

export const states: Record<string, State> = {
  calls: { size, scene: 'calls', place: calls },
  'calls-detail': { size, scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-detail-small': { size: [1100, 720], scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-detail-enlarged': { size: enlarged, scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-missed': {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.chips label:nth-child(2)' }],
  },
  'calls-steps': { size, scene: 'calls', place: calls, prepare: [row(3)] },
  'calls-live': { size, scene: 'inCall', place: calls, prepare: [row(1)] },
  'calls-empty': { size, scene: 'callsEmpty', place: calls },
  'calls-nothing': {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.search input' }, { type: 'zz' }],
  },
  'calls-many': { size, scene: 'callsMany', place: calls },
  'calls-practice': { size, scene: 'callsPractice', place: calls, prepare: [row(4)] },
  'calls-hostile': { size, scene: 'callsHostile', place: calls, prepare: [row(2)] },
  signedOut: { size, scene: 'signedOut', place: calls },
  lost: { size, scene: 'troubled', place: calls },
  create: {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: 'header [aria-haspopup=menu]' }],
  },
  bell: { size, scene: 'calls', place: help(), prepare: [bell] },
  'bell-troubled': { size, scene: 'troubled', place: help(), prepare: [bell] },
  'bell-empty': { size, scene: 'callsEmpty', place: help(), prepare: [bell] },
  palette: { size, scene: 'calls', place: calls, prepare: search('') },
  'palette-number': { size, scene: 'calls', place: calls, prepare: search('0987') },
  'palette-words': { size, scene: 'calls', place: calls, prepare: search('micro') },
  'palette-empty': { size, scene: 'calls', place: calls, prepare: search('zzz') },
  'settings-account': settings('account'),
  'settings-account-out': settings('account', 'signedOut'),
  'settings-account-practice': settings('account', 'practiceIdle'),
  'settings-account-insecure': settings('account', 'noKeyring'),
  'settings-devices': settings('devices'),
  'settings-devices-enlarged': { ...settings('devices'), size: enlarged },
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
  help: { size, scene: 'ready', place: help() },
  'help-enlarged': { size: enlarged, scene: 'ready', place: help() },
  'help-topic': { size, scene: 'ready', place: help('media_no_microphone') },
  'help-search': {
    size,
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.search input' }, { type: 'micro' }],
  },
  'help-shortcuts': {
    size,
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.sections nav button:last-child' }],
  },
};
