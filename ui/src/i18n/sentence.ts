/** What happened (at most eight words), then what is safe or the next step. */
export interface Sentence {
  title: string;
  next: string;
  /** Things to try in turn, where one line is not enough. */
  steps?: readonly string[];
}

/** The parameters that came with a code, by name. */
export type Params = Readonly<Record<string, string>>;

/** A sentence per code; a function where the sentence names a parameter. */
export type Sentences = Readonly<Record<string, Sentence | ((params: Params) => Sentence)>>;
