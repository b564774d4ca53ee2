/** What the search over everything offers, and where each answer leads. */
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import History from '@lucide/svelte/icons/history';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Package from '@lucide/svelte/icons/package';
import Phone from '@lucide/svelte/icons/phone';
import SettingsIcon from '@lucide/svelte/icons/settings';
import Ticket from '@lucide/svelte/icons/ticket';
import Users from '@lucide/svelte/icons/users';
import type { Bridge, CallEntry, Place } from '../../bridge/bridge';
import type { Schema } from '../../bridge/hub';
import { matches } from '../../domain/fold';
import { outside } from '../../domain/outside';
import { callerOf, numberBelow } from '../../domain/state';
import { t } from '../../i18n/i18n.svelte';
import { cleanNumber, groupNumber, nationalNumber } from '../../shared/number';
import type { Found, FoundGroup } from '../../shared/Search.svelte';
import { sectionNames } from '../settings/sections';
import { hits, kindOf, whenOf } from './calls/entries';
import { about, topics } from './help/topics';
import { codeOf } from '../../domain/code';
import type { Route } from './route.svelte';

/** As many calls or topics as are read at a glance. */
const most = 6;

interface Answer extends Found {
  run: () => void;
}

export interface Answers extends FoundGroup {
  items: readonly Answer[];
}

export function answersTo(
  query: string,
  calls: readonly CallEntry[],
  now: number,
  route: Route,
  /** What the hub has found. */
  found: Schema<'Found'> | undefined,
): Answers[] {
  const words = t().workspace.search;
  const wanted = query.trim();
  return [
    { title: t().dial.call, items: dialling(wanted, route.bridge) },
    ...records(found, route),
    { title: words.places, items: places(route).filter(({ label }) => matches(label, wanted)) },
    { title: words.calls, items: wanted ? callsLike(wanted, calls, now, route) : [] },
    { title: words.help, items: wanted ? helpOn(wanted, route) : [] },
  ];
}

function dialling(query: string, bridge: Bridge): Answer[] {
  if (!/^[\d\s+*#().-]+$/.test(query)) return [];
  const number = cleanNumber(query);
  if (!/\d/.test(number)) return [];
  const { dial, dialNote } = t().workspace.search;
  const run = () => void bridge.showCallbar({ panel: 'dial', number });
  return [{ id: 'dial', label: dial(groupNumber(number)), note: dialNote, icon: Phone, run }];
}

/** Customers, tickets, tasks and orders, each as exact as the hub ranks them. */
function records(found: Schema<'Found'> | undefined, route: Route): Answers[] {
  const { views } = t().workspace;
  const items = (
    hits: readonly Schema<'Hit'>[] = [],
    view: 'contacts' | 'tickets' | 'tasks' | 'orders',
    icon: Found['icon'],
    labelOf: (hit: Schema<'Hit'>) => string,
  ) => ({
    title: views[view],
    items: hits.map((hit) => ({
      id: `${view} ${hit.subject.id}`,
      label: labelOf(hit),
      note: outside(view === 'contacts' ? nationalNumber(hit.detail) : hit.detail),
      icon,
      run: () => route.go({ view, id: hit.subject.id }),
    })),
  });
  const coded = (kind: keyof typeof codeOf) => (hit: Schema<'Hit'>) =>
    `${codeOf[kind](hit.number ?? 0)} · ${outside(hit.title)}`;
  return [
    items(found?.contacts, 'contacts', Users, ({ title }) => outside(title)),
    items(found?.tickets, 'tickets', Ticket, coded('ticket')),
    items(found?.tasks, 'tasks', ListChecks, coded('task')),
    items(found?.orders, 'orders', Package, coded('order')),
  ];
}

function places(route: Route): Answer[] {
  const { views } = t().workspace;
  const { sections } = t().settings;
  const to = (id: string, label: string, icon: Found['icon'], place: Place, note?: string) => ({
    id,
    label,
    icon,
    note,
    run: () => route.go(place),
  });
  return [
    to('contacts', views.contacts, Users, { view: 'contacts' }),
    to('tickets', views.tickets, Ticket, { view: 'tickets' }),
    to('tasks', views.tasks, ListChecks, { view: 'tasks' }),
    to('orders', views.orders, Package, { view: 'orders' }),
    to('calls', views.calls, History, { view: 'calls' }),
    ...sectionNames.map((section) =>
      to(section, sections[section], SettingsIcon, { view: 'settings', section }, views.settings),
    ),
    to('help', views.help, CircleQuestionMark, { view: 'help', topic: null }),
  ];
}

function callsLike(query: string, calls: readonly CallEntry[], now: number, route: Route) {
  const like = calls.filter((call) => hits(call, query)).slice(0, most);
  return like.map((call) => ({
    id: `call ${call.id}`,
    label: [callerOf(call), numberBelow(call)].filter(Boolean).join(' · '),
    note: `${kindOf(call)} · ${whenOf(call.started_ms, now)}`,
    icon: History,
    run: () => route.openCall(call.id),
  }));
}

function helpOn(query: string, route: Route): Answer[] {
  const found = about(topics(), query);
  // A code that is explained twice leads to one place.
  const codes = found.map(({ code }) => code);
  const once = found.filter(({ code }, at) => codes.indexOf(code) === at);
  return once.slice(0, most).map(({ id, code, sentence }) => ({
    id,
    label: sentence.title,
    icon: CircleQuestionMark,
    run: () => route.go({ view: 'help', topic: code }),
  }));
}
