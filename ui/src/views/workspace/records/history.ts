/** What a line of a history says. */
import type { Schema } from '../../../bridge/hub';
import { outside } from '../../../domain/outside';
import { t } from '../../../i18n/i18n.svelte';
import { clock } from '../../../shared/clock.svelte';
import { money } from '../../../shared/format';
import { nationalNumber } from '../../../shared/number';
import type { Office } from './office.svelte';
import { categoryPath, instant } from './values';

type Change = Schema<'Change'>;

/** What was done: `đã sửa`. */
export function done({ op }: Change): string {
  const words: Record<string, unknown> = t().records.history;
  return typeof words[op] === 'string' ? words[op] : t().records.history.other;
}

/** Each field that changed, with what it was and what it became. */
export function changesOf(change: Change, office: Office): { field: string; text: string }[] {
  const { fields, to } = t().records.history;
  const pairs = Object.entries(change.fields as Record<string, unknown>);
  return pairs.flatMap(([name, pair]) => {
    const [before, after] = Array.isArray(pair) ? pair : [null, null];
    const field = name.startsWith('line.') ? fields['line'] : fields[name];
    if (!field && !['note', 'follower'].includes(name)) return [];
    const shown = (value: unknown) => valueOf(name, value, office);
    const text = before === null ? shown(after) : to(shown(before), shown(after));
    return [{ field: field ?? '', text }];
  });
}

/** A field's value in words. */
export function valueOf(name: string, value: unknown, office: Office): string {
  if (value === null || value === undefined || value === '') return t().records.none;
  const text = String(value);
  const named = byId(name, text, office);
  if (named !== undefined) return named;
  if (typeof value === 'number') return numberOf(name, value);
  if (Array.isArray(value)) return value.map(pointOf).join(', ');
  if (typeof value === 'object') return outside('name' in value ? String(value.name) : '') || '…';
  return outside(codeOf(name, text) ?? text);
}

function byId(name: string, id: string, office: Office): string | undefined {
  const lists = office.configuration;
  switch (name) {
    case 'owner_id':
    case 'assignee_id':
    case 'done_by':
    case 'follower':
      return office.person(id);
    case 'team_id':
      return office.team(id);
    case 'category_id':
      return categoryPath(lists, id);
    case 'stage_id':
      return outside(lists?.order_stages.find((each) => each.id === id)?.label ?? '…');
    case 'resolution_type_id':
      return outside(lists?.resolution_types.find((each) => each.id === id)?.label ?? '…');
    case 'contact_id':
    case 'account_id':
    case 'ticket_id':
    case 'order_id':
      return '…';
    default:
      return undefined;
  }
}

function codeOf(name: string, code: string): string | undefined {
  const of = (words: Record<string, string>) => words[code];
  if (name === 'state') return of(t().tickets.states) ?? of(t().tasks.states);
  if (name === 'priority') return of(t().records.priorities);
  return name === 'kind' ? of(t().contacts.kinds) : undefined;
}

function numberOf(name: string, value: number): string {
  if (/_(?:at|due)$/.test(name)) return instant(value, clock.now);
  return ['shipping', 'subtotal', 'total'].includes(name) ? money(value, 'VND') : String(value);
}

function pointOf(point: unknown): string {
  const { value = '', kind } = point as Partial<Schema<'ContactPoint'>>;
  return outside(kind === 'phone' ? nationalNumber(value) : value);
}
