/** What a pretended desk has written and its pretended hub has not taken yet. */
import type { HubAsk, HubReply, RefusedView, UnsentView } from './bridge';
import type { Command } from './commands';
import { FakeHub, Refused, type HubContent } from './fakeHub';

/** What a command is about, as `UnsentView.waiting` names it. */
function about(command: Command): string {
  if (command.do === 'save_call_form.1') return `call:${command.call_key}`;
  return 'id' in command ? command.id : command.subject.id;
}

export class FakeOutbox {
  readonly hub: FakeHub;
  #waiting: Command[] = [];
  #away = false;
  #seq = 100;

  constructor(
    content: HubContent,
    public view: UnsentView,
    readonly pushed: (view: UnsentView) => void,
  ) {
    this.hub = new FakeHub(content);
    this.#away = view.away_since_ms !== null;
  }

  /** The hub cannot be reached, or can again: then what waits is sent. */
  set away(away: boolean) {
    this.#away = away;
    if (!away) for (const command of this.#waiting.splice(0)) this.#perform(command);
    this.push({ waiting: this.#about(), away_since_ms: away ? Date.now() : null });
  }

  ask(ask: HubAsk): HubReply {
    if (!this.#away) return { data: this.hub.answer(ask), refused: null };
    const refused = { code: 'hub_unavailable', params: [], trace_id: '7f3a91' };
    return { data: { status: 503, body: JSON.stringify(refused) }, refused: null };
  }

  write(command: Command): void {
    if (this.#away) {
      const subject = about(command);
      const isForm = command.do === 'save_call_form.1';
      this.#waiting = this.#waiting.filter((each) => !isForm || about(each) !== subject);
      this.#waiting.push(command);
      this.push({ waiting: this.#about() });
    } else this.#perform(command);
  }

  decide(seq: number, again: string | null): void {
    this.push({ refused: this.view.refused.filter((each) => each.seq !== seq) });
    if (again !== null) this.write(JSON.parse(again));
  }

  push(change: Partial<UnsentView>): void {
    this.view = { ...this.view, ...change, revision: this.view.revision + 1 };
    this.pushed(this.view);
  }

  #about = () => [...new Set(this.#waiting.map(about))];

  #perform(command: Command): void {
    try {
      this.hub.perform(command);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.push({ refused: [...this.view.refused, this.#refused(command, error)] });
    }
  }

  #refused(command: Command, { refusal }: Refused): RefusedView {
    return {
      practice: false,
      seq: (this.#seq += 1),
      written_at_ms: Date.now(),
      command: JSON.stringify(command),
      problem: JSON.stringify(refusal),
    };
  }
}
