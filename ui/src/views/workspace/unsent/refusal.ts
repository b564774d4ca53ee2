/** What was written and not taken: what it was, and how it can go again. */
import type { Hub } from '../../../bridge/hub';
import { type Command, type HubRefusal, type Schema } from '../../../bridge/hub';
import { t } from '../../../i18n/i18n.svelte';

type Update = Extract<Command, { base_rev: number; fields: object }>;

/** What kind of writing it was. A newer program's command has no word of its own here. */
export function whatOf(command: Command): string {
  const words: Record<string, string> = t().unsent.what;
  return words[command.do.replace(/\.\d+$/, '')] ?? t().unsent.what.other;
}

/** What was written in it, to be read and copied. */
export function textOf(command: Command): string {
  const all: unknown[] = 'fields' in command ? Object.values(command.fields) : [];
  const { name, title, summary, body } = command as Partial<Record<string, unknown>>;
  return [name, title, summary, body, ...all]
    .filter((part) => typeof part === 'string' && part !== '' && !/^[0-9a-f-]{36}$/.test(part))
    .join('\n');
}

/** It can be decided field by field. */
export function updateOf(command: Command): Update | undefined {
  return 'base_rev' in command && 'fields' in command ? command : undefined;
}

/** The same change, onto what is there now. Undefined: it cannot be read. */
export async function rebased(hub: Hub, update: Update): Promise<Command | undefined> {
  const rev = await revOf(hub, update);
  return rev === undefined ? undefined : ({ ...update, base_rev: rev } as Command);
}

async function revOf(hub: Hub, { do: what, id }: Update): Promise<number | undefined> {
  const path = { id };
  switch (what) {
    case 'update_contact.1':
      return (await hub.get('/api/contacts/{id}', { path })).data?.rev;
    case 'update_ticket.1':
      return (await hub.get('/api/tickets/{id}', { path })).data?.ticket.rev;
    case 'update_task.1':
      return (await hub.get('/api/tasks/{id}', { path })).data?.task.rev;
    case 'update_order.1':
      return (await hub.get('/api/orders/{id}', { path })).data?.order.rev;
  }
}

/** The change without the fields that others have changed too; null when nothing is left of it. */
export function yielding(update: Update, { conflicts = [] }: HubRefusal): Command | null {
  const theirs = conflicts.map(({ field }) => field);
  const left = Object.entries(update.fields)
    .map(([name, value]) => [name, name === 'lines' ? linesLeft(value, theirs) : value] as const)
    .filter(([name, value]) => !theirs.includes(name) && value !== undefined);
  if (left.length === 0) return null;
  return { ...update, fields: Object.fromEntries(left) } as Command;
}

/** Of an order's lines each is a field of its own: `line.` and its id. */
function linesLeft(lines: object, theirs: readonly string[]): object | undefined {
  const left = Object.entries(lines).filter(([id]) => !theirs.includes(`line.${id}`));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

export function fieldName(field: string): string {
  const { fields } = t().records.history;
  if (field.startsWith('line.')) return fields['line'] ?? field;
  return fields[field] ?? (field === 'disposition' ? t().popup.form.result : field);
}

export type Conflict = Schema<'Conflict'>;
