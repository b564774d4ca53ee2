/**
 * It is noon when the tests begin, and time goes on from there: what "today" means must not depend
 * on when they run.
 */
const Real = Date;
const ahead = new Real().setHours(12, 0, 0, 0) - Real.now();

globalThis.Date = class extends Real {
  constructor(...given: [] | [number]) {
    super(...((given.length === 0 ? [Real.now() + ahead] : given) as [number]));
  }

  static override now(): number {
    return Real.now() + ahead;
  }
} as DateConstructor;

export {};
