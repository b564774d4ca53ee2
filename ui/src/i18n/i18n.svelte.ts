import type { CauseView, ErrorView, Language } from '../bridge/bridge';
import { en } from './en';
import type { Params, Sentence, Sentences } from './sentence';
import { vi } from './vi';

/** Literal texts become `string`; keys and parameters stay as `vi` has them. */
type Widen<T> = T extends string
  ? string
  : T extends (...given: infer P) => infer R
    ? (...given: P) => Widen<R>
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Widen<T[K]> };

export type Catalogue = Widen<typeof vi>;

const catalogues: Record<Language, Catalogue> = { vi, en };
let language = $state<Language>('vi');

/** The texts of the present language. */
export function t(): Catalogue {
  return catalogues[language];
}

export function useLanguage(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen;
}

/** The sentence for an error. An unknown code names itself and its trace, never nothing. */
export function failureSentence(error: ErrorView): Sentence {
  const params = Object.fromEntries(error.params);
  return find(t().failures, error.code, params) ?? t().unknown(error.code, error.trace_id);
}

/** Why a call ended, in words. */
export function causeSentence(cause: CauseView): Sentence {
  const status = String(cause.status ?? '—');
  return find(t().causes, cause.code, { status }) ?? t().unknown(cause.code, status);
}

/** How a simulated customer's call ended, in words. */
export function outcomeSentence(code: string): Sentence {
  return find(t().outcomes, code, {}) ?? t().unknown(code, '—');
}

function find(sentences: Sentences, code: string, params: Params): Sentence | undefined {
  if (!Object.hasOwn(sentences, code)) return undefined;
  const found = sentences[code];
  return typeof found === 'function' ? found(params) : found;
}
