/** How the fields of records are written. */
import type { Schema } from '../../../bridge/hub';
import { outside } from '../../../domain/outside';
import { t } from '../../../i18n/i18n.svelte';
import { day, timeOfDay } from '../../../shared/format';
import type { Option } from '../../../shared/Select.svelte';
import type { Office } from './office.svelte';

type Configuration = Schema<'Configuration'>;

const minute = 60_000;
/** Less than this is left: amber. */
const near = 120 * minute;

/** `09:05 · 20/11`. */
export function instant(ms: number, now: number): string {
  return `${timeOfDay(ms)} · ${day(ms, now)}`;
}

/** A length of time in its largest units: `12 phút`, `1 giờ 12`, `3 ngày`. */
export function span(minutes: number): string {
  const { due } = t().records;
  if (minutes < 60) return due.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? due.hours(hours, minutes % 60) : due.days(Math.floor(hours / 24));
}

export interface Due {
  text: string;
  look: 'quiet' | 'near' | 'over';
}

/** How long until a deadline, or since. */
export function dueIn(at: number, now: number): Due {
  const { due } = t().records;
  const left = at - now;
  if (left < 0) return { text: due.over(span(Math.ceil(-left / minute))), look: 'over' };
  const text = due.left(span(Math.floor(left / minute)));
  return { text, look: left < near ? 'near' : 'quiet' };
}

/** A category with all above it: `Kỹ thuật › Phần mềm › Đăng nhập`. */
export function categoryPath(configuration: Configuration | undefined, id: string): string {
  return lineage(configuration, id)
    .map(({ label }) => outside(label))
    .join(' › ');
}

/** A category and all above it, the highest first. */
export function lineage(
  configuration: Configuration | undefined,
  id: string | null | undefined,
): Schema<'Category'>[] {
  const known = configuration?.categories.find((each) => each.id === id);
  return known ? [...lineage(configuration, known.parent_id), known] : [];
}

/** What can be chosen below a category; with what is chosen, also where it is no longer offered. */
export function categoriesBelow(
  configuration: Configuration | undefined,
  parent: string | null,
): Option[] {
  const offered = configuration?.categories.filter(
    (each) => each.active && (each.parent_id ?? null) === parent,
  );
  return (offered ?? []).map(({ id, label }) => ({ value: id, label: outside(label) }));
}

/** Whom work can be given to; and who has it, also when no longer active. */
export function peopleToChoose(office: Office, present?: string | null): Option[] {
  const people = office.configuration?.people ?? [];
  return people
    .filter((each) => each.active || each.id === present)
    .map(({ id, name }) => ({ value: id, label: outside(name) }));
}

export function teamsToChoose(office: Office, present?: string | null): Option[] {
  const teams = office.configuration?.teams ?? [];
  return teams
    .filter((each) => each.active || each.id === present)
    .map(({ id, name }) => ({ value: id, label: outside(name) }));
}

export function prioritiesToChoose(): Option[] {
  return Object.entries(t().records.priorities).map(([value, label]) => ({ value, label }));
}

/** As a field for a day and a time has it: `2026-11-27T09:05`, in this machine's zone. */
export function momentField(ms: number): string {
  const ahead = new Date(ms).getTimezoneOffset() * minute;
  return new Date(ms - ahead).toISOString().slice(0, 16);
}

/** What such a field says; null: nothing yet. */
export function momentOf(field: string): number | null {
  const ms = new Date(field).getTime();
  return Number.isNaN(ms) ? null : ms;
}
