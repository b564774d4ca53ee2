import { afterEach, describe, expect, test } from 'vitest';
import phases from '../../crates/practice/src/caller/phase.rs?raw';
import { anError } from '../src/bridge/scenes';
import { en } from '../src/i18n/en';
import {
  causeSentence,
  failureSentence,
  outcomeSentence,
  useLanguage,
} from '../src/i18n/i18n.svelte';
import type { Sentence, Sentences } from '../src/i18n/sentence';
import { vi } from '../src/i18n/vi';

// The codes come from where they are made, so that a new one without a sentence fails here.
const rust = Object.values(
  import.meta.glob<string>('../../crates/{app,core,hub}/src/**/*.rs', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n');

const all = (source: string, pattern: RegExp) =>
  [...source.matchAll(pattern)].map((hit) => hit[1]!);
const arms = (source: string) => all(source, /=> "([a-z_]+)"/g);

/** The text of a Rust item, from its first line to the brace at the start of a line. */
function item(start: string, source = rust): string {
  const found = source.split(start)[1];
  if (found === undefined) throw new Error(`${start} is gone: where are its codes now?`);
  return found.split('\n}')[0]!;
}

const causeCodes = [...arms(item('impl EndCause {')), ...arms(item('impl MediaFailure {'))];
const failureCodes = [
  ...new Set([
    ...arms(item('impl RegistrationFailure {')),
    ...arms(item('impl Rejected {')),
    ...arms(item('impl DialError {')),
    ...all(rust, /error::view\("([a-z_]+)"\)/g),
    ...all(rust, /code: "([a-z_]+)"/g),
    // What the hub refuses.
    ...all(rust, /rejected\("([a-z_]+)"/g),
    ...all(rust, /Refused::field\(\s*"([a-z_]+)"/g),
    ...all(rust, /NotSignedIn\("([a-z_]+)"/g),
    ...arms(
      item(
        "pub(crate) fn code(&self) -> &'static str {\n        match self {\n            Self::NotSignedIn",
      ),
    ),
    ...arms(item('fn code_of_plain_refusal')),
    ...arms(item('impl MemoryError {')),
    ...all(item('Revoked {\n        SignedOut'), /= "([a-z_]+)"/g),
    ...all(rust, /Self::[A-Z]\w+(?: \{ \.\. \}|\(_\))? => "((?:ticket|order)_[a-z_]+)"/g),
    'account_locked',
    'disk_full',
    'not_kept',
    'media_no_microphone',
    'media_no_speaker',
    'mixed_security',
    'keyring_missing',
    'not_dialable',
  ]),
];

const outcomeCodes = arms(item('impl Outcome {', phases));

afterEach(() => useLanguage('vi'));

describe.each(['vi', 'en'] as const)('sentences in %s', (language) => {
  test('every failure code has a sentence of its own with a next step', () => {
    useLanguage(language);
    expect(failureCodes.length).toBeGreaterThan(25);
    expectOwnSentences(failureCodes, (code) => failureSentence(anError(code)));
  });

  test('every end cause has a sentence of its own with a next step', () => {
    useLanguage(language);
    expect(causeCodes.length).toBeGreaterThan(20);
    expectOwnSentences(causeCodes, (code) => causeSentence({ code, status: null }));
  });

  test('every outcome of a simulated customer has a sentence of its own', () => {
    useLanguage(language);
    expect(outcomeCodes).toHaveLength(6);
    expectOwnSentences(outcomeCodes, outcomeSentence);
  });

  test('an unknown code names itself and its trace', () => {
    useLanguage(language);
    const { title, next } = failureSentence(anError('brand_new'));
    expect(title).not.toBe('');
    expect(next).toContain('brand_new');
    expect(next).toContain('7f3a91');
  });

  test('titles are short and free of blame, capitals and shouting', () => {
    const { causes, failures, outcomes } = { vi, en }[language];
    for (const sentences of [causes, failures, outcomes] as Sentences[]) {
      for (const entry of Object.values(sentences)) {
        const { title, next } = typeof entry === 'function' ? entry({ status: '503' }) : entry;
        expect(title.split(' ').length, title).toBeLessThanOrEqual(8);
        expect(title + next).not.toMatch(/!|vui lòng|lỗi hệ thống|bạn quên|please/i);
      }
    }
  });
});

function expectOwnSentences(codes: string[], sentenceOf: (code: string) => Sentence): void {
  const unknown = sentenceOf('no_such_code').title;
  const seen = new Map<string, string>();
  for (const code of codes) {
    const { title, next } = sentenceOf(code);
    expect(title, code).not.toBe(unknown);
    expect(next, code).not.toBe('');
    expect(seen.get(`${title} ${next}`), code).toBeUndefined();
    seen.set(`${title} ${next}`, code);
  }
}

test('both languages have the same keys', () => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null
        ? keys(inner).map((deep) => `${key}.${deep}`)
        : [key],
    );
  expect(keys(en).sort()).toEqual(keys(vi).sort());
});

// CB-20, CB-21
test('a microphone that cannot be opened is said in the agreed words, with the steps', () => {
  for (const sentence of [
    failureSentence(anError('media_no_microphone')),
    causeSentence({ code: 'media_no_microphone', status: null }),
  ]) {
    expect(sentence.title).toBe('Không thể truy cập microphone');
    expect(sentence.steps).toHaveLength(4);
  }
});

test('a status that came with a code stands in its sentence', () => {
  expect(failureSentence(anError('refused', [['status', '503']])).next).toContain('503');
  expect(causeSentence({ code: 'sip_failure', status: 513 }).next).toContain('513');
});
