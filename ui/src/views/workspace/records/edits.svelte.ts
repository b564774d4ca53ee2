import type { Command } from '../../../bridge/hub';
import { failureSentence } from '../../../i18n/i18n.svelte';
import type { Outcome } from '../../../bridge/bridge';
import type { Office } from './office.svelte';

/** What was changed on one record and has not come back from the hub: shown in place of the old. */
export class Edits<Fields extends object> {
  fields = $state.raw<Partial<Fields>>({});

  constructor(
    readonly office: Office,
    readonly id: string,
  ) {}

  /** Keeps a change; answers why not. */
  async write(fields: Partial<Fields>, command: Command): Promise<string | undefined> {
    const refused = await this.office.write(command, this.id);
    if (refused) return saying(refused);
    if (this.office.waits(this.id)) this.fields = { ...this.fields, ...fields };
    return undefined;
  }

  /** The record has been read: what is no longer on its way is in it. */
  settle(): void {
    if (!this.office.waits(this.id)) this.fields = {};
  }

  has(field: keyof Fields): boolean {
    return field in this.fields;
  }
}

/** A refusal in one line. */
export function saying(refused: NonNullable<Outcome>): string {
  const { title, next } = failureSentence(refused);
  return `${title}. ${next}`;
}
